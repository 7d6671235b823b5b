import { Located } from './asked-principal';
import { available } from '../questions/nearest';
import { Pods } from '../world/principal';
import { isInTemplates } from '../world/role-index';
import { namesAccount, subjectsOf } from '../world/trust-principals';
import { View } from '../world/view';

/**
 * Checks that the templates know a service account, because pods of a misspelled one are denied everything. Kubernetes creates the account `default` of each namespace.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
 * @throws if no template defines it, uses it, associates it with a role, or names it in a trust policy.
 */
export function checkAccount(located: readonly Located[]): void {
  const asked = located.flatMap(({ possibility: { view }, principal }) => (principal?.kind === 'pods' ? [{ view, pods: principal }] : []));
  if (asked.some(({ view, pods }) => pods.serviceAccountName.literal === 'default' || hasRoleElsewhere(view, pods) || isKnown(view, pods))) {
    return;
  }
  const [{ pods }] = asked;
  const name = `${pods.namespace}/${pods.serviceAccountName}`;
  throw new Error(`no template defines service account ${name} of cluster ${pods.cluster}, associates it with a role, or names it in a trust policy: `
    + `${available(name, asked.flatMap(({ view }) => namesIn(view)))}. `
    + 'If something else creates it, pass definedElsewhere: true');
}

/** Templates that are not read can have a role that trusts the account. */
const hasRoleElsewhere = ({ roles }: View, { annotation }: Pods): boolean => annotation !== undefined && !isInTemplates(roles.withArn(annotation));

function isKnown({ accounts, associations, workloads, model, sameCluster }: View, pods: Pods): boolean {
  if ([accounts, associations, workloads].some((index) => index.of(pods).length > 0)) {
    return true;
  }
  const foreignIssuers = model.clusters.flatMap(({ name, issuer }) => (issuer && sameCluster.is(name, pods.cluster) === 'no' ? [issuer] : []));
  return model.roles.some(({ trustPolicy }) => namesAccount(trustPolicy, pods, foreignIssuers));
}

const namesIn = ({ model }: View): string[] => [
  ...model.serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`),
  ...model.associations.map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`),
  ...model.workloads.map(({ namespace, serviceAccountName }) => `${namespace}/${serviceAccountName}`),
  ...model.roles.flatMap(({ trustPolicy }) => subjectsOf(trustPolicy)).map((subject) => subject.toString().split(':').slice(2).join('/')),
];
