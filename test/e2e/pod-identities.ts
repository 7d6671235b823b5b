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

/** Creates an association with the AWS CLI, and returns its ID. */
export async function associate(aws: LocalAws, cluster: string, account: string, role: string, ...more: string[]): Promise<string> {
  const { association: { associationId } } = await aws.ask(
    'eks', 'create-pod-identity-association', '--cluster-name', cluster, '--namespace', 'default', '--service-account', account, '--role-arn', arnOf(role), ...more);
  return associationId;
}

export const installAgent = (aws: LocalAws, cluster: string) => aws.ask('eks', 'create-addon', '--cluster-name', cluster, '--addon-name', 'eks-pod-identity-agent');

const ACTIONS = ['sts:AssumeRole', 'sts:TagSession'];

/** A trust policy for EKS Pod Identity with conditions. */
export const podTrust = (Condition: object, Action: string | string[] = ACTIONS) => ({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action, Condition }],
});

/** The condition that binds a role to one service account of a cluster. */
export const boundTo = (cluster: string, account: string) => ({
  StringEquals: {
    'aws:RequestTag/eks-cluster-arn': `arn:aws:eks:us-west-2:123456789012:cluster/${cluster}`,
    'aws:RequestTag/kubernetes-namespace': 'default',
    'aws:RequestTag/kubernetes-service-account': account,
  },
});

export interface Reply {
  readonly status: number;
  /** The error code, or the body. */
  readonly outcome: string;
  readonly credentials?: any;
}

/** Asks the agent of a cluster for credentials as a pod with a token does. */
export async function askAgent(uri: string, token: string, headers: { [name: string]: string } = {}): Promise<Reply> {
  const response = await fetch(uri, { headers: { authorization: token, ...headers } });
  const body = await response.text();
  return response.status === 200
    ? { status: 200, outcome: 'accepted', credentials: JSON.parse(body) }
    : { status: response.status, outcome: body.match(/^\[[0-9a-f]+\]: \((\w+)\): /)?.[1] ?? body };
}

/** The environment variables of credentials from the agent. */
export const environmentOf = ({ AccessKeyId, SecretAccessKey, Token }: any) => ({
  AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey, AWS_SESSION_TOKEN: Token,
});

/** The time in some hours, in milliseconds, as credentials state it: in whole seconds. */
export const inHours = (hours: number) => Math.floor(Date.now() / 1_000) * 1_000 + hours * 3_600_000;
