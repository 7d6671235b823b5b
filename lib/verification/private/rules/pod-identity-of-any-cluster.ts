import { podIdentityStatements } from './pod-identity-trust';
import { Rule } from './rule';
import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { Statement } from '../policies/statement';

/** Condition keys that tell clusters apart. */
const OF_CLUSTER = /^aws:(?:requesttag\/eks-cluster-(?:arn|name)|sourcearn)$/;

export const POD_IDENTITY_OF_ANY_CLUSTER: Rule = {
  id: 'pod-identity-of-any-cluster',
  severity: 'note',
  title: 'a role for EKS Pod Identity is not limited to a cluster',
  why: 'Anyone who may create EKS Pod Identity associations and pass the role can give it to pods of every cluster in the account. '
    + 'Roles that aws-cdk creates for service accounts are never limited.',
  fix: 'Add conditions for aws:RequestTag/eks-cluster-arn, aws:RequestTag/kubernetes-namespace and aws:RequestTag/kubernetes-service-account, '
    + 'as ServiceAccountRole does',
  violations: (assigned) => podIdentityStatements(assigned)
    .filter(({ role, statement }) => isOfAnyCluster(statement) && !mayDenyClusters(role))
    .map(({ role }) => ({
      what: `the trust policy of role ${role.label} has no condition for the cluster of pods with EKS Pod Identity`,
      place: role.trustPolicy.place ?? role.place, // aws-cdk writes two statements
    })),
};

const isOfAnyCluster = ({ conditions }: Statement): boolean =>
  conditions !== undefined && conditions.every(({ key }) => key.literal !== undefined && !OF_CLUSTER.test(key.literal.toLowerCase()));

const mayDenyClusters = ({ trustPolicy }: Role): boolean => {
  const { statements, problems } = parsePolicy(trustPolicy, 'trust');
  return problems.length > 0 || statements.some((statement) => statement.problems.length > 0 || (statement.effect === 'Deny' && !isOfAnyCluster(statement)));
};
