import { readAccessEntries } from './clusters/access-entries';
import { readClusters, StatedIssuers } from './clusters/clusters';
import { findMissingAgents } from './clusters/pod-identity-agent';
import { readActors } from './deployment/actors';
import { readPrograms } from './deployment/programs';
import { Model } from './model';
import { readFargateProfiles } from './nodes/fargate-profiles';
import { readNodegroups } from './nodes/nodegroups';
import { readAckAssociations } from './objects/ack-associations';
import { readAppliedObjects } from './objects/applied-objects';
import { findAwsObjects } from './objects/aws-objects';
import { findGenerators } from './objects/generators';
import { readManifests } from './objects/manifests';
import { readAssociations } from './pods/associations';
import { readServiceAccounts } from './pods/service-accounts';
import { readSystemPods } from './pods/system-pods';
import { readWorkloads } from './pods/workloads';
import { readResources } from './resources/resources';
import { findUnknownTypes } from './resources/unknown-types';
import { readUnreadPolicies } from './resources/unread-policies';
import { findAttachedPolicies } from './roles/attached-policies';
import { AwsManagedPolicies, ManagedPolicies } from './roles/managed-policies';
import { readOidcProviders } from './roles/oidc-providers';
import { RolePolicies } from './roles/role-policies';
import { readRoles } from './roles/roles';
import { StackResources } from './stack-resources';
import { withContents } from './unread-contents';
import { Assembly } from '../assembly/assembly';
import { managedPolicy } from '../aws-data/managed-policies';
import { Findings } from '../findings/findings';
import { Resolver } from '../resolution/resolver';

/**
 * What the templates say about who can get which credentials, and findings about what they do not show.
 *
 * @param issuers those that are stated.
 */
export function readModel(
  assembly: Assembly, resolver: Resolver, awsManaged: AwsManagedPolicies = managedPolicy, issuers: StatedIssuers = {},
): Model {
  const findings = new Findings();
  const resources = new StackResources(assembly, resolver, findings);
  findUnknownTypes(resources, findings);
  findAttachedPolicies(resources, findings);
  const [applied, manifests] = [readAppliedObjects(resources, findings), readManifests(resources, findings)];
  const objects = [...applied.objects, ...manifests.objects];
  const fargate = readFargateProfiles(resources);
  const nodegroups = readNodegroups(resources, objects, findings);
  const incomplete = [...applied.incomplete, ...manifests.incomplete, ...findGenerators(objects, findings)];
  findAwsObjects(objects, findings);
  const clusters = readClusters(resources, { resources, objects, nodegroups, fargate }, incomplete, issuers, findings);
  const policies = new RolePolicies(resources, new ManagedPolicies(resources, awsManaged, findings), findings);
  const associations = [...readAssociations(resources, findings), ...readAckAssociations(objects)];
  findMissingAgents(associations, clusters, findings);
  const unreadPolicies = readUnreadPolicies(resources, findings);
  const model = {
    roles: readRoles(resources, policies, findings),
    oidcProviders: readOidcProviders(resources, findings),
    clusters,
    serviceAccounts: readServiceAccounts(objects, resources, findings),
    workloads: readWorkloads(objects, fargate.selectors, findings),
    systemPods: readSystemPods(resources, clusters, nodegroups),
    associations,
    nodegroups,
    fargateSelectors: fargate.selectors,
    resources: readResources(resources, unreadPolicies, findings),
    unreadPolicies,
    actors: readActors(resources),
    programs: readPrograms(resources),
    accessEntries: readAccessEntries(resources, objects),
  };
  return { ...model, findings: withContents([...findings.all, ...resolver.findings], assembly) };
}
