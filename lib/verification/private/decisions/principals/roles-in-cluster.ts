import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeOf } from '../../assignments/may-be-of';
import { Pods, subjectOf } from '../../assignments/principal';
import { isInTemplates } from '../../assignments/role-index';
import { podsWith } from '../../model/credentials/pods-with';
import { secretsWith } from '../../model/credentials/readable-secrets';
import { KeyCopy, KeyHolders, SomeSecrets, UnknownKey } from '../../model/identities';
import { KubernetesObject } from '../../model/kubernetes-object';
import { Model, Role, Workload } from '../../model/model';
import { firstOfEach } from '../../model/only-for-actions';
import { rolesByCertificate } from '../../reach/certificates';
import { identitiesOfPods } from '../../reach/held-identities';
import { EC2 } from '../../reach/metadata-credentials';
import { mayPass } from '../../reach/passed-roles';
import { rolesOfService } from '../../reach/services-with-roles';
import { ofTrusted } from '../../reach/trusted-role';
import { keysOfPods } from '../../reach/user-keys';
import { volumesOfPods } from '../../reach/volumes-of-pods';
import { trustingRoles } from '../../reach/web-identity';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { textAfter, textsIn } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';

/** The roles and users whose credentials a way into a cluster gives. */
export function rolesBy({ cluster, runsPods, onlyViews = false, only, seen, ...way }: WayIntoCluster, assigned: AssignedModel): Role[] {
  if (seen) {
    const users = assigned.roles.userKeys.filter(({ copies }) => copies.some((copy) => seen.includes(copy)));
    return users.map(({ holderArn }) => assigned.roles.holder(holderArn));
  }
  const secrets = way.secrets ?? (only || onlyViews ? undefined : {});
  const held = only ? [...keysOfPods(only, assigned.roles), ...identitiesOfPods(only, assigned.roles), ...volumesOfPods(only, assigned.roles)] : [];
  const ofPods = only ? [...rolesOf(only, assigned), ...held.map(({ role }) => role)]
    : [...(onlyViews ? [] : rolesOfPods(cluster, assigned)), ...usersOfPods(cluster, secrets, assigned)];
  const byCertificate = rolesByCertificate(only ?? anyPodsOf(cluster), assigned).map(({ role }) => role);
  const ofSecrets = secrets ? [...registriesOf(cluster, secrets, assigned), ...identitiesIn(cluster, secrets, assigned)] : [];
  const ofNodes = runsPods ? [...rolesOfNodes(cluster, assigned), ...(only ? [] : rolesOfNodeClasses(cluster, assigned))] : [];
  return [...ofPods, ...byCertificate, ...ofSecrets, ...ofNodes, ...(runsPods ? rolesOfCapabilities(cluster, assigned) : [])];
}

const rolesOfNodes = (cluster: ClusterId, { model, roles }: AssignedModel): Role[] =>
  model.nodegroups.filter((nodegroup) => nodegroup.cluster.is(cluster) !== 'no').map(({ roleArn }) => roles.withArn(roleArn));

/** Capabilities act for whoever changes their objects. @see https://docs.aws.amazon.com/eks/latest/userguide/capabilities.html */
const rolesOfCapabilities = (cluster: ClusterId, { model, roles }: AssignedModel): Role[] =>
  model.actors.flatMap((actor) => (actor.roleArn && actor.cluster && actor.cluster.is(cluster) !== 'no' ? [roles.withArn(actor.roleArn)] : []));

/**
 * The roles that nodes of EKS Auto Mode can have. Whoever acts in the cluster might create a node class with any that the role of the cluster may pass.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
 */
function rolesOfNodeClasses(cluster: ClusterId, assigned: AssignedModel): Role[] {
  const { roles } = assigned;
  const { roleArn, autoMode = 'no' } = assigned.cluster(cluster) ?? {};
  if (!roleArn || autoMode === 'no') {
    return [];
  }
  const launcher = roles.withArn(roleArn);
  const credentials = ofTrusted({ kind: 'trusted', role: launcher });
  return rolesOfService('ec2', roles).filter((role) => (!isInTemplates(launcher) || mayPass(credentials, role, EC2, roles)));
}

/**
 * The roles of which pods of a cluster can have credentials: by associations, and by tokens. Whom a role outside the templates trusts is not known, but an annotation
 * is of no use without a role that trusts the account.
 */
function rolesOfPods(cluster: ClusterId, assigned: AssignedModel): Role[] {
  const { model, roles } = assigned;
  const associated = model.associations.filter((association) => association.cluster.is(cluster) !== 'no')
    .flatMap(({ roleArn, targetRoleArn }) => [roleArn, ...(targetRoleArn ? [targetRoleArn] : [])]).map((arn) => roles.withArn(arn));
  const inCharts = model.charts.filter((chart) => chart.cluster.is(cluster) !== 'no').flatMap(rolesNamedIn);
  const annotated = [...model.serviceAccounts, ...model.otherAddonRoles].filter((account) => account.cluster.is(cluster) !== 'no')
    .flatMap(({ roleArn }) => roleArn ?? []);
  const outside = [...annotated, ...inCharts].map((arn) => roles.withArn(arn)).filter((role) => !isInTemplates(role));
  const own = assigned.cluster(cluster);
  const trusting = own ? trustingRoles(anyPodsOf(cluster), assigned.issuersOf(own), roles.all, 'no').map(({ role }) => role) : roles.all;
  const held = [identitiesOfPods, volumesOfPods].flatMap((find) => find(anyPodsOf(cluster), roles));
  return [...new Set([...associated, ...outside, ...trusting, ...held.map(({ role }) => role)])];
}

/** The ARNs of roles in the values of a chart, such as in the annotation of its service account. Found once, because most have none. */
const rolesNamedIn = (chart: KubernetesObject): readonly Text[] =>
  namedInCharts.of([chart], () => textsIn(chart.at()).filter((text) => textAfter(text, ':role/') !== undefined));

const namedInCharts = new Interned<readonly Text[]>();

/** Those of which the pods of a service account have credentials, without those of their node. */
function rolesOf(pods: Pods, assigned: AssignedModel): Role[] {
  const { roles, associations, accounts } = assigned;
  const named = [
    ...associations.of(pods).flatMap(({ thing: { roleArn, targetRoleArn } }) => [roleArn, targetRoleArn]),
    ...[...accounts.of(pods), ...assigned.accountsInCharts(pods)].map(({ thing }) => thing.roleArn),
  ];
  const own = assigned.cluster(pods.cluster);
  const trusting = own ? trustingRoles(pods, assigned.issuersOf(own), roles.thatMayTrust(subjectOf(pods)), 'no').map(({ role }) => role) : [];
  return [...new Set([...named.flatMap((arn) => (arn ? [roles.withArn(arn)] : [])), ...trusting])];
}

/** The users and the roles of databases whose keys pods of a cluster have, or can mount: of those in some Secrets, pods of their namespace. */
const usersOfPods = (cluster: ClusterId, secrets: SomeSecrets = {}, { roles }: AssignedModel): Role[] => roles.userKeys
  .filter(({ copies }) => copies.some(({ heldBy }) => heldBy !== undefined && heldBy !== 'everyone' && mayBeIn(heldBy, cluster, secrets)))
  .map(({ holderArn }) => roles.holder(holderArn));

/** The roles for identities that something in Secrets gives, such as a token of a Git provider: those of namespaces, and not of single workloads or accounts. */
const identitiesIn = (cluster: ClusterId, secrets: SomeSecrets, { roles }: AssignedModel): Role[] => roles.heldIdentities
  .filter(({ heldBy }) => !heldBy.workload && !heldBy.serviceAccountName && mayBeIn(heldBy, cluster, secrets))
  .map(({ roleArn }) => roles.withArn(roleArn));

/** Whether what some pods have may be in Secrets. */
const mayBeIn = ({ cluster: own, namespace, secret }: KeyHolders, cluster: ClusterId, secrets: SomeSecrets): boolean =>
  own.is(cluster) !== 'no' && mayHaveSame({ namespace, ...secret && { names: [secret] } }, secrets);

/** What stands for the Secrets with passwords of registries, which whoever reads these has. */
const registriesOf = (cluster: ClusterId, read: SomeSecrets, { model, roles }: AssignedModel): Role[] => roles.sharedVolumes
  .filter(({ heldBy, secret }) => secret && heldBy[0].cluster.is(cluster) !== 'no' && mayHaveSame(secretsWith(secret, model.objects), read))
  .map(({ role }) => role);

const mayHaveSame = (some: SomeSecrets, others: SomeSecrets): boolean => mayBeSame(some.namespace, others.namespace)
  && (some.names ?? [undefined]).some((name) => (others.names ?? [undefined]).some((other) => mayBeSame(name, other)));

/** Undefined stands for any. */
const mayBeSame = (one: Text | undefined, other: Text | undefined): boolean => !one || !other || equal(one, other) !== 'no';

/** For messages, with what matches the only actions that they are for, if they are not for all. */
export interface OtherOfWay {
  readonly what: string;
  readonly only?: RegExp;
}

/** The credentials of a workload that the templates do not show, and that a way into its cluster gives. */
export function otherCredentialsBy({ cluster, onlyViews, only, workload, ...way }: WayIntoCluster, { model }: AssignedModel): readonly OtherOfWay[] {
  const viewsAll = onlyViews && !only && !way.secrets;
  const viewed = way.seen ?? (viewsAll ? model.unknownKeys.filter(({ object }) => object && !object.kind.includes('Secret')) : []);
  const secrets = way.secrets ?? (only || onlyViews ? undefined : {});
  const isGiven = (copy: UnknownKey) =>
    viewed.includes(copy) || (only && podsWith(copy) && mayBeOf(copy.heldBy, only)) || (secrets && isInSecrets(copy, cluster, secrets, model));
  const keys = firstOfEach(model.unknownKeys, (copy): OtherOfWay | undefined =>
    (isGiven(copy) ? { what: `${copy.what}: ${copy.where}`, only: copy.only } : undefined));
  const possible = workload && only ? [workload] : onlyViews || only?.serviceAccountName.literal !== undefined ? []
    : model.workloads.filter((one) => one.cluster.is(cluster) !== 'no' && mayBeSame(one.namespace, only?.namespace));
  const held = possible.flatMap((one): OtherOfWay[] => {
    const what = `credentials of ${nameOf(one)} that the templates do not show`;
    const ofServices = one.ofServices?.map((service) => ({ what, only: service.only })) ?? [];
    return one.otherCredentials === undefined ? ofServices : [{ what }, ...ofServices];
  });
  return firstOfEach([...keys, ...held], (one) => one);
}

function isInSecrets({ object, heldBy }: KeyCopy, cluster: ClusterId, secrets: SomeSecrets, { objects }: Model): boolean {
  const isThere = object?.kind.includes('Secret') && heldBy !== undefined && heldBy !== 'everyone' && heldBy.cluster.is(cluster) !== 'no';
  return isThere === true && mayHaveSame(secretsWith(object!, objects), secrets);
}

/** For messages. */
export const nameOf = ({ kind, namespace, name }: Workload): string => `${kind} ${namespace}/${name}`;

/** Pods of a cluster, of which nothing else is known. */
export const anyPodsOf = (cluster: ClusterId): Pods =>
  ({ kind: 'pods', cluster, namespace: ofAnyPod('namespace'), serviceAccountName: ofAnyPod('service account') });

const ofAnyPod = (label: string): Text => Text.unknown(new Unknown(`${label} of any pod`, { label }));
