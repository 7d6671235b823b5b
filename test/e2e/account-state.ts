import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';

/** A role in IAM, with the names of its AWS managed policies and its inline statements. */
export interface Role {
  readonly trust: any;
  readonly attached: string[];
  readonly inline: any[];
}

/** All roles except those of the CDK, by ARN. */
export async function rolesOf(aws: LocalAws): Promise<{ [arn: string]: Role }> {
  const { RoleDetailList } = await aws.ask('iam', 'get-account-authorization-details', '--filter', 'Role');
  return Object.fromEntries(RoleDetailList.filter(({ RoleName }: any) => !RoleName.startsWith('cdk-')).map((role: any) => [role.Arn, {
    trust: role.AssumeRolePolicyDocument,
    attached: role.AttachedManagedPolicies.map(({ PolicyName }: any) => PolicyName).sort(),
    inline: role.RolePolicyList.flatMap(({ PolicyDocument }: any) => PolicyDocument.Statement),
  }]));
}

/** The roles that service accounts name, by `namespace/name`. Throws if no service account names a web identity role. */
export async function accountsOf(aws: LocalAws, cluster: TestCluster): Promise<{ [account: string]: Role }> {
  const roles = await rolesOf(aws);
  const { items } = await cluster.ask('GET', '/api/v1/serviceaccounts');
  const named = items.map(({ metadata: { namespace, name, annotations } }: any) => [`${namespace}/${name}`, annotations?.['eks.amazonaws.com/role-arn']])
    .filter(([, arn]: string[]) => arn);
  const orphans = Object.entries(roles).filter(([arn, { trust }]) => JSON.stringify(trust).includes('WebIdentity') && !named.some(([, role]: string[]) => role === arn));
  if (orphans.length) {
    throw new Error(`no service account names ${orphans.map(([arn]) => arn).join(', ')}`);
  }
  return Object.fromEntries(named.map(([account, arn]: string[]) => [account, roles[arn]]));
}

/** The trust policy of a role that only one service account can assume. */
export function trustOf(issuer: string, namespace: string, name: string): any {
  return {
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
      Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${name}` } },
    }],
  };
}

/** The issuer of a cluster, without its scheme. */
export async function issuerOf(aws: LocalAws, cluster: string): Promise<string> {
  const { cluster: { identity } } = await aws.ask('eks', 'describe-cluster', '--name', cluster);
  return identity.oidc.issuer.replace('https://', '');
}

/** The OIDC providers, with issuer and audiences. */
export async function providersOf(aws: LocalAws): Promise<{ url: string; clientIds: string[] }[]> {
  const { OpenIDConnectProviderList } = await aws.ask('iam', 'list-open-id-connect-providers');
  return Promise.all(OpenIDConnectProviderList.map(async ({ Arn }: any) => {
    const { Url, ClientIDList } = await aws.ask('iam', 'get-open-id-connect-provider', '--open-id-connect-provider-arn', Arn);
    return { url: Url, clientIds: ClientIDList };
  }));
}

/** A nodegroup with its role and the data of its launch template version. */
export interface Nodes {
  readonly sizes: { minSize: number; maxSize: number; desiredSize: number };
  readonly instanceTypes: string[];
  readonly amiType: string;
  readonly role: Role;
  readonly metadata: any;
  readonly userData: string;
}

export async function nodesOf(aws: LocalAws, cluster: string, name: string): Promise<Nodes> {
  const { nodegroup } = await aws.ask('eks', 'describe-nodegroup', '--cluster-name', cluster, '--nodegroup-name', name);
  const { id, version } = nodegroup.launchTemplate;
  const { LaunchTemplateVersions: [{ LaunchTemplateData }] } = await aws.ask('ec2', 'describe-launch-template-versions', '--launch-template-id', id, '--versions', version);
  return {
    sizes: nodegroup.scalingConfig,
    instanceTypes: nodegroup.instanceTypes,
    amiType: nodegroup.amiType,
    role: (await rolesOf(aws))[nodegroup.nodeRole],
    metadata: LaunchTemplateData.MetadataOptions,
    userData: Buffer.from(LaunchTemplateData.UserData, 'base64').toString(),
  };
}

/** The kinds of resources that would cost money or grant permissions if they were left behind. */
const KINDS = [
  ['cloudformation', 'list-stacks', 'StackSummaries[?StackStatus!=`DELETE_COMPLETE`].StackName'],
  ['iam', 'list-roles', 'Roles[].Arn'],
  ['iam', 'list-open-id-connect-providers', 'OpenIDConnectProviderList[].Arn'],
  ['eks', 'list-clusters', 'clusters'],
  ['lambda', 'list-functions', 'Functions[].FunctionName'],
  ['logs', 'describe-log-groups', 'logGroups[].logGroupName'],
  ['ssm', 'describe-parameters', 'Parameters[].Name'],
  ['ec2', 'describe-launch-templates', 'LaunchTemplates[].LaunchTemplateId'],
  ['ec2', 'describe-vpcs', 'Vpcs[].VpcId'],
  ['ec2', 'describe-subnets', 'Subnets[].SubnetId'],
  ['ec2', 'describe-route-tables', 'RouteTables[].RouteTableId'],
  ['ec2', 'describe-internet-gateways', 'InternetGateways[].InternetGatewayId'],
  ['ec2', 'describe-nat-gateways', 'NatGateways[].NatGatewayId'],
  ['ec2', 'describe-addresses', 'Addresses[].AllocationId'],
  ['ec2', 'describe-network-interfaces', 'NetworkInterfaces[].NetworkInterfaceId'],
  ['ec2', 'describe-security-groups', 'SecurityGroups[].GroupId'],
];

/** All resources of these kinds in the account, by the call that lists them. */
export async function inventoryOf(aws: LocalAws): Promise<{ [call: string]: string[] }> {
  return Object.fromEntries(await Promise.all(KINDS.map(async ([service, call, query]) =>
    [`${service} ${call}`, (await aws.ask(service, ...call.split(' '), '--query', query) ?? []).sort()])));
}
