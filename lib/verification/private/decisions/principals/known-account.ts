import { PrincipalUnder } from './asked-principal';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods } from '../../assignments/principal';
import { isInTemplates } from '../../assignments/role-index';
import { namesAccount, subjectsOf } from '../../assignments/trust-principals';
import { available } from '../../questions/nearest';
import { ClusterId } from '../../values/cluster-id';

/**
 * Checks that the templates know a service account, because pods of a misspelled one are denied everything. Kubernetes creates the account `default` of each namespace.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
 * @throws if no template defines it, uses it, associates it with a role, or names it in a trust policy.
 */
export function checkAccount(each: readonly PrincipalUnder[]): void {
  const asked = each.flatMap(({ assigned, principal }) => (principal?.kind === 'pods' ? [{ assigned, pods: principal }] : []));
  if (asked.some(({ assigned, pods }) => pods.serviceAccountName.literal === 'default' || hasRoleElsewhere(assigned, pods) || isKnown(assigned, pods))) {
    return;
  }
  const [{ pods }] = asked;
  const name = `${pods.namespace}/${pods.serviceAccountName}`;
  throw new Error(`no template defines service account ${name} of cluster ${pods.cluster}, associates it with a role, or names it in a trust policy: `
    + `${available(name, asked.flatMap(({ assigned }) => namesIn(assigned)))}. `
    + 'If something else creates it, pass definedElsewhere: true');
}

/** Templates that are not read can have a role that trusts the account. */
const hasRoleElsewhere = ({ roles }: AssignedModel, { annotation }: Pods): boolean =>
  annotation !== undefined && !isInTemplates(roles.withArn(annotation));

function isKnown({ accounts, associations, workloads, model }: AssignedModel, pods: Pods): boolean {
  if ([accounts, associations, workloads].some((index) => index.of(pods).length > 0)) {
    return true;
  }
  const otherIssuers = model.clusters.flatMap(({ id, issuer }) => (issuer && id.is(pods.cluster) === 'no' ? [issuer] : []));
  return model.roles.some(({ trustPolicy }) => namesAccount(trustPolicy, pods, otherIssuers));
}

/** With their clusters, if there are several. */
function namesIn({ model, clusterNames }: AssignedModel): string[] {
  const inCluster = (cluster: ClusterId, account: string) => (clusterNames.only ? account : `${account} of cluster ${clusterNames.shown(cluster)}`);
  return [
    ...model.serviceAccounts.map(({ cluster, namespace, name }) => inCluster(cluster, `${namespace}/${name}`)),
    ...model.associations.map(({ cluster, namespace, serviceAccount }) => inCluster(cluster, `${namespace}/${serviceAccount}`)),
    ...model.workloads.map(({ cluster, namespace, serviceAccountName }) => inCluster(cluster, `${namespace}/${serviceAccountName}`)),
    ...model.roles.flatMap(({ trustPolicy }) => subjectsOf(trustPolicy)).map((subject) => subject.toString().split(':').slice(2).join('/')),
  ];
}
