import { LocalAws } from '../local-aws/local-aws';
import { TestCluster } from '../local-aws/test-cluster';

/** A role as IAM has it: the names of AWS's policies, and the statements of its own. */
export interface Role {
  readonly trust: any;
  readonly attached: string[];
  readonly inline: any[];
}

/** All roles but the CDK's own, by ARN. */
export async function rolesOf(aws: LocalAws): Promise<{ [arn: string]: Role }> {
  const { RoleDetailList } = await aws.ask('iam', 'get-account-authorization-details', '--filter', 'Role');
  return Object.fromEntries(RoleDetailList.filter(({ RoleName }: any) => !RoleName.startsWith('cdk-')).map((role: any) => [role.Arn, {
    trust: role.AssumeRolePolicyDocument,
    attached: role.AttachedManagedPolicies.map(({ PolicyName }: any) => PolicyName).sort(),
    inline: role.RolePolicyList.flatMap(({ PolicyDocument }: any) => PolicyDocument.Statement),
  }]));
}

/** Each service account that names a role, as `namespace/name`, with that role; and an error for a web identity's role that none names. */
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

/** The trust of a role that exactly one service account may assume. */
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
