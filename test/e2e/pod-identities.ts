import { arnOf } from './scene';
import { LocalAws } from '../../local-aws/local-aws';

const TRUSTED = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }] };

/** Creates a role with the AWS CLI, by default one that trusts EKS Pod Identity. */
export async function makeRole(aws: LocalAws, name: string, trust: object = TRUSTED, environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const { code, output } = await aws.aws(['iam', 'create-role', '--role-name', name, '--assume-role-policy-document', JSON.stringify(trust)], environment);
  expect([code, output]).toEqual([0, expect.anything()]);
}

/** A Pod Identity association in a template. */
export const association = (cluster: string, account: string, role: string, properties: object = {}) => ({
  Type: 'AWS::EKS::PodIdentityAssociation',
  Properties: { ClusterName: cluster, Namespace: 'default', ServiceAccount: account, RoleArn: arnOf(role), ...properties },
});

/** The associations of a cluster as EKS describes them, without their IDs and ARNs, by service account. */
export async function associationsOf(aws: LocalAws, cluster: string): Promise<{ [account: string]: any }> {
  const { associations } = await aws.ask('eks', 'list-pod-identity-associations', '--cluster-name', cluster);
  const described = await Promise.all(associations.map(({ associationId }: any) =>
    aws.ask('eks', 'describe-pod-identity-association', '--cluster-name', cluster, '--association-id', associationId)));
  return Object.fromEntries(described.map(({ association: { associationId, associationArn, clusterName, serviceAccount, ...rest } }) => [
    serviceAccount, rest,
  ]));
}
