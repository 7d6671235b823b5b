import { Rule, Violation } from './rule';
import { AssignedModel } from '../assignments/assigned-model';
import { Assignments } from '../assignments/assignments';
import { ClusterIssuer, trustedIssuers } from '../assignments/cluster-issuers';
import { Pods } from '../assignments/principal';
import { isInTemplates } from '../assignments/role-index';
import { gapsOfTrust } from '../decisions/gaps';
import { Cluster, Role, ServiceAccount } from '../model/model';
import { admissionsOf } from '../reach/web-identity';
import { equal } from '../values/pattern';

export const UNTRUSTED_ACCOUNT: Rule = {
  id: 'untrusted-account',
  severity: 'error',
  title: 'a role does not trust the service account that is annotated with it',
  why: 'AWS STS refuses the tokens of its pods with the error Not authorized to perform sts:AssumeRoleWithWebIdentity.',
  fix: 'Correct the namespace, the name, the issuer or the audience in the trust policy, or the annotation of the service account',
  violations: (assigned, assignments) => assigned.model.serviceAccounts.flatMap((account) => violationsOf(account, assigned, assignments)),
};

function violationsOf(account: ServiceAccount, assigned: AssignedModel, assignments: Assignments): Violation[] {
  const { roleArn, namespace, name, place } = account;
  const cluster = assigned.cluster(account.cluster);
  const role = roleArn && assigned.roles.withArn(roleArn);
  if (!cluster || !role || !isInTemplates(role) || gapsOfTrust(assignments, assigned, role, cluster.id).length > 0) {
    return [];
  }
  const pods: Pods = { kind: 'pods', cluster: cluster.id, namespace, serviceAccountName: name };
  if (assigned.associations.of(pods).length > 0) {
    return []; // pods get credentials without tokens: aws-cdk also annotates such accounts
  }
  const admissions = admissionsOf(role, pods, issuersFor(role, assigned.issuersOf(cluster)));
  const isRefused = admissions.length > 0 && admissions.every(({ decision, issuer }) => decision.outcome === 'DENIED' && issuer.isOfCluster === 'yes');
  const what = `role ${role.label} does not trust service account ${namespace}/${name}, which is annotated with it`;
  return isRefused ? [{ what: `${what}${otherCluster(role, cluster, assigned)}`, place }] : [];
}

/** Another issuer might be that of the cluster, but it does not matter to a role that trusts only what certainly is. */
function issuersFor({ trustPolicy }: Role, issuers: readonly ClusterIssuer[]): readonly ClusterIssuer[] {
  const own = issuers.filter(({ isOfCluster }) => isOfCluster === 'yes');
  return trustedIssuers(trustPolicy).every((trusted) => own.some(({ issuer }) => equal(issuer, trusted) === 'yes')) ? own : issuers;
}

/** The commonest reason with several clusters. */
function otherCluster({ trustPolicy }: Role, cluster: Cluster, assigned: AssignedModel): string {
  const trusted = trustedIssuers(trustPolicy);
  const other = assigned.model.clusters.find(({ id, issuer }) => id.is(cluster.id) === 'no' && issuer && trusted.some((one) => equal(one, issuer) === 'yes'));
  return other ? `: it trusts cluster ${other.id}, and the account is in cluster ${cluster.id}` : '';
}
