import { useOfAwsAuth } from './use-of-aws-auth';
import { ClusterId } from '../../values/cluster-id';
import { mayBeEqual } from '../../values/may-be-equal';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isText, textAfter, textOf } from '../../values/text-parts';
import { AccessEntry, AccessGrant } from '../access-entry';
import { KubernetesObject } from '../kubernetes-object';
import { Nodegroup } from '../model';
import { FargateProfiles, PodExecutionRole } from '../nodes/fargate-profiles';
import { MAPPING_LISTS, mappedBy, MappingList } from '../objects/aws-auth';
import { readAwsAuthPatches } from '../objects/aws-auth-patches';
import { ROLE } from '../roles/holder-kinds';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * Who may call the Kubernetes API, by access entries, by the ConfigMap `aws-auth`, and as the creator of a cluster.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html
 */
export function readAccessEntries(
  resources: StackResources, objects: readonly KubernetesObject[], nodegroups: readonly Nodegroup[], { podExecutionRoles }: FargateProfiles,
): AccessEntry[] {
  const clusters = resources.ofType('AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster');
  const withoutAwsAuth = clusters.filter((cluster) => useOfAwsAuth(cluster) === 'ignored').map((cluster) => cluster.clusterNamed(cluster.ref));
  const isIgnored = ({ cluster }: KubernetesObject) => withoutAwsAuth.some((id) => id?.is(cluster) === 'yes');
  const entries = [
    ...resources.ofType('AWS::EKS::AccessEntry')
      .flatMap((resource) => entryOf(resource, resource.cluster('ClusterName'), resource.property('PrincipalArn'), grantsOf)),
    ...resources.ofType('Custom::AWSCDK-EKS-Cluster')
      .flatMap((resource) => entryOf(resource, resource.clusterNamed(resource.ref), resource.property('AssumeRoleArn'), () => [MASTERS])),
    ...resources.ofType('AWS::EKS::Cluster').flatMap((resource) => entryOfCreator(resource, resources)),
    ...[...objects, ...readAwsAuthPatches(resources)].filter((object) => !isIgnored(object))
      .flatMap((object) => MAPPING_LISTS.flatMap((list) => mappedEntries(object, list))),
  ];
  const isOfNodes = ({ cluster, principalArn }: AccessEntry) => podExecutionRoles.some(({ arn }) => equal(arn, principalArn) === 'yes')
    || nodegroups.some((nodegroup) => nodegroup.cluster.is(cluster) === 'yes' && equal(nodegroup.roleArn, principalArn) === 'yes');
  const ofNodes = entries.map((entry) => (isOfNodes(entry) ? { ...entry, grants: entry.grants.filter((grant) => !isForNodes(grant)) } : entry));
  return [...ofNodes, ...podExecutionRoles.flatMap(entryOfProfile), ...resources.ofType('AWS::EKS::Capability').flatMap(entryOfCapability)];
}

/** Amazon EKS makes the entry of the role of a capability. @see https://docs.aws.amazon.com/eks/latest/userguide/argocd-register-clusters.html */
const entryOfCapability = (resource: StackResource): AccessEntry[] =>
  entryOf(resource, resource.cluster('ClusterName'), resource.property('RoleArn'), () => []);

/** Amazon EKS makes the entry of a Fargate profile. @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
const entryOfProfile = ({ cluster, arn, place }: PodExecutionRole): AccessEntry[] =>
  (cluster ? [{ cluster, principalArn: arn, grants: [], place }] : []);

/** Amazon EKS lets the creator of a cluster do everything. */
const MASTERS: AccessGrant = { kind: 'group', name: Text.of('system:masters') };

/**
 * The role with which a stack is deployed has created its clusters. Only one of the templates matters: of another one, no policy is known.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html
 */
function entryOfCreator(resource: StackResource, resources: StackResources): AccessEntry[] {
  const { creatorArn } = resource;
  const isAdministrator = isText(resource.property('AccessConfig', 'BootstrapClusterCreatorAdminPermissions'), 'false') !== 'yes';
  const isOfTemplates = creatorArn && resources.ofType(ROLE).some((role) => mayBeEqual(creatorArn, role.attribute('Arn')));
  return isAdministrator && isOfTemplates ? entryOf(resource, resource.clusterNamed(resource.ref), creatorArn, () => [MASTERS]) : [];
}

type ReadGrants = (resource: StackResource, principalArn: Text) => AccessGrant[];

const entryOf = (resource: StackResource, cluster: ClusterId | undefined, principal: Resolved, read: ReadGrants) =>
  (cluster && principal instanceof Text ? [{ cluster, principalArn: principal, grants: read(resource, principal), place: resource.place() }] : []);

/** Without a user name, Kubernetes knows somebody by the ARN. @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
function grantsOf(resource: StackResource, principalArn: Text): AccessGrant[] {
  const type = textOf(resource.property('Type')) ?? Text.of('STANDARD');
  return [
    type.literal === 'STANDARD' ? { kind: 'user', name: textOf(resource.property('Username')) ?? principalArn } : { kind: 'node', name: type },
    ...listOf(resource.property('KubernetesGroups')).flatMap(groupOf),
    ...listOf(resource.property('AccessPolicies')).flatMap(policiesOf),
  ];
}

const groupOf = (name: Resolved): AccessGrant[] => (name instanceof Text ? [{ kind: 'group', name }] : []);

/** An access policy, once for each namespace. */
function policiesOf(association: Resolved): AccessGrant[] {
  const [arn, scope] = association instanceof ResolvedMap ? [textOf(association.get('PolicyArn')), association.get('AccessScope')] : [textOf(association)];
  const get = (name: string) => (scope instanceof ResolvedMap ? scope.get(name) : undefined);
  const type = get('Type');
  const namespaces = isText(type, 'cluster') === 'yes' ? [undefined]
    : isText(type, 'namespace') === 'yes' ? listOf(get('Namespaces')).map(textOf) : [textOf(type)];
  return arn ? namespaces.map((namespace) => ({ kind: 'policy', name: textAfter(arn, '/') ?? arn, namespace })) : [];
}

/** Of a text that cannot be read, a principal that is not known. */
function mappedEntries(object: KubernetesObject, list: MappingList): AccessEntry[] {
  const mapped = mappedBy(object, list);
  const shared = { cluster: object.cluster, place: object.place, ...list === 'mapAccounts' && { isOfAccount: true }, ...list === 'mapRoles' && { isWithoutPath: true } };
  if (mapped && !mapped.principals) {
    return [{ ...shared, principalArn: derived(mapped.text, 'a role'), grants: [{ kind: 'unread', name: mapped.text }] }];
  }
  return (mapped?.principals ?? []).flatMap(({ arn, username, groups }) =>
    (arn ? [{ ...shared, principalArn: arn, grants: [{ kind: 'user', name: username ?? arn }, ...groups.flatMap(groupOf)] }] : []));
}

/** What lets nodes join, and pods of Fargate. */
const isForNodes = ({ kind, name }: AccessGrant): boolean => kind === 'node'
  || (kind === 'group' && ['system:bootstrappers', 'system:nodes', 'system:node-proxier'].some((group) => name.literal === group))
  || (kind === 'user' && name.startsWith('system:node:'));
