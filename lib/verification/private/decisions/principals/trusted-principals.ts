import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, Principal, Trusted } from '../../assignments/principal';
import { principalsOf, trustedSubjects } from '../../assignments/trust-principals';
import { Cluster, Role } from '../../model/model';
import { mayTrustService } from '../../policies/may-trust';
import { POD_IDENTITY } from '../../reach/pod-identity';
import { trustingRoles } from '../../reach/web-identity';
import { Interned, sameList } from '../../values/interned';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { Truth } from '../../values/truth';

/**
 * Those that trust policies admit, and that the templates do not define: a chart or a GitOps tool creates the service account, or someone associates it later.
 *
 * @param known the principals that the templates define.
 */
export function trustedPrincipals(assigned: AssignedModel, known: ReadonlyMap<string, Principal>): Array<Pods | Trusted> {
  const { clusters } = assigned.model;
  const issuers = sameList(clusters.map((cluster) => assigned.issuersOf(cluster)));
  const certain = assigned.model.associations.filter(({ fromObject }) => fromObject === undefined);
  const associated = new Set(certain.map(({ roleArn }) => assigned.roles.withArn(roleArn)));
  const found = assigned.model.roles.map((role) => {
    const { pods, hasOthers } = trusted.of([role, known, clusters, issuers], () => trustedBy(role, accountsIn(known), assigned));
    const mayBeAssociated = mayTrustService(role.trustPolicy, POD_IDENTITY) && !associated.has(role);
    return { pods, others: hasOthers || mayBeAssociated ? [{ kind: 'trusted' as const, role }] : [] };
  });
  return [...new Map(found.flatMap(({ pods }) => pods).map((pods) => [keyOfPods(pods), pods])).values(), ...found.flatMap(({ others }) => others)];
}

/** Whom a role admits, found once for all assignments of the conditions under which that is the same. */
const trusted = new Interned<ReturnType<typeof trustedBy>>();

const accountsIn = (known: ReadonlyMap<string, Principal>): ReadonlySet<string> => accountKeys.of([known], () =>
  new Set([...known.values()].flatMap((principal) => (principal.kind === 'pods' && !principal.workload ? [keyOfPods(principal)] : []))));

const accountKeys = new Interned<ReadonlySet<string>>();

/** Identifies the pods of a service account. */
export const keyOfPods = ({ cluster, namespace, serviceAccountName }: Pods): string => `${cluster.key} ${namespace.key}/${serviceAccountName.key}`;

/** Whom a role admits by token. */
function trustedBy(role: Role, accounts: ReadonlySet<string>, assigned: AssignedModel): { pods: Pods[]; hasOthers: boolean } {
  const { literals, hasOthers } = trustedSubjects(role);
  const found = literals.filter((subject) => !isOfNobody(subject)).map((subject) => podsOf(subject, role, accounts, assigned));
  return { pods: found.flatMap((pods) => pods ?? []), hasOthers: hasOthers || found.includes(undefined) };
}

/**
 * Whether a role names nothing but providers of clusters of the templates, which accept known audiences. Then it is known whose tokens it admits: a token with an
 * audience that the provider does not accept is of no use, whatever the trust policy says.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
function isAllKnown({ trustPolicy }: Role, assigned: AssignedModel): boolean {
  const providers = assigned.model.clusters.flatMap((cluster) => assigned.issuersOf(cluster))
    .filter(({ isOfCluster, audiences }) => isOfCluster === 'yes' && audiences?.every(({ literal }) => literal !== undefined));
  const named = principalsOf(trustPolicy, 'Federated');
  return named.length > 0 && named.every((name) => providers.some(({ providerArn }) => equal(providerArn, name) === 'yes'));
}

/** The pods of a subject in each cluster whose tokens the role admits. Undefined if no cluster of the templates is known to have such pods. */
function podsOf(subject: string, role: Role, accounts: ReadonlySet<string>, assigned: AssignedModel): Pods[] | undefined {
  const [namespace, name] = namesInSubject(subject);
  if (namespace === undefined) {
    return undefined;
  }
  const { pods: possible, isCertain } = inClusters(namespace, name, role, assigned);
  if (possible.length === 0) {
    return isAllKnown(role, assigned) ? [] : undefined;
  }
  // an account of one of these clusters has a row already: without the issuers, its cluster and others cannot be told apart
  return !isCertain && possible.some((pods) => accounts.has(keyOfPods(pods))) ? [] : possible;
}

/** Whether a role admits a service account by name, but perhaps that of a cluster outside the templates, because the issuers of these are not known. */
export const mayAdmitOtherCluster = (role: Role, assigned: AssignedModel): boolean => trustedSubjects(role).literals.some((subject) => {
  const [namespace, name] = namesInSubject(subject);
  return namespace !== undefined && !inClusters(namespace, name, role, assigned).isCertain;
});

/** The pods of an account in each cluster that certainly has such pods, and in each other one that might. One that may be the same cluster is left out. */
function inClusters(namespace: string, name: string, role: Role, assigned: AssignedModel): { readonly pods: Pods[]; readonly isCertain: boolean } {
  const all = assigned.model.clusters.map((cluster) => podsIn(cluster, namespace, name));
  const inEach = all.map((pods) => ({ pods, isAdmitted: isAdmitted(role, pods, assigned) }));
  const certain = inEach.filter(({ isAdmitted: truth }) => truth === 'yes');
  const possible = inEach.filter(({ isAdmitted: truth }) => truth === 'unknown');
  const others = possible.filter(({ pods }) => certain.every((one) => one.pods.cluster.is(pods.cluster) === 'no'));
  return { pods: [...certain, ...others].map(({ pods }) => pods), isCertain: certain.length > 0 };
}

/** The namespace and the name in the subject of a token. */
const namesInSubject = (subject: string): string[] => /^system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)$/.exec(subject)?.slice(1) ?? [];

/**
 * Whether a subject has the form of those of Kubernetes, but no account can have its name, such as `system:serviceaccount:ops:*`, which is literal under
 * `StringEquals`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names
 */
const isOfNobody = (subject: string): boolean => subject.startsWith('system:serviceaccount:') && namesInSubject(subject).length === 0;

const podsIn = ({ id: cluster }: Cluster, namespace: string, name: string): Pods =>
  ({ kind: 'pods', cluster, namespace: Text.of(namespace), serviceAccountName: Text.of(name) });

function isAdmitted(role: Role, pods: Pods, assigned: AssignedModel): Truth {
  const cluster = assigned.cluster(pods.cluster);
  const [credentials] = cluster ? trustingRoles(pods, assigned.issuersOf(cluster), [role], 'no') : [];
  return credentials?.isObtained ?? 'no';
}
