import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const names = (count: number) => Array.from({ length: count }, (_, i) => `app-${i}`);
const ACCOUNT = '111122223333';

/**
 * As many service accounts, each with a role of its own, as given. All roles trust the account, and may assume each other.
 *
 * @param action what the first role may request.
 */
export function chainedRoles(count: number, action = 's3:GetObject') {
  const roles = names(count).map((name, i) => {
    const role = accountRole(`default:${name}`, allow(i === 0 ? action : 's3:GetObject', `arn:aws:s3:::${name}/*`), allow('sts:AssumeRole', names(count).map(arnOfRole)));
    const [trust] = role.Properties.AssumeRolePolicyDocument['Fn::Sub'];
    const document = JSON.parse(trust);
    document.Statement.push({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } });
    role.Properties.AssumeRolePolicyDocument['Fn::Sub'][0] = JSON.stringify(document);
    return [`Role${i}`, { ...role, Properties: { ...role.Properties, RoleName: name } }];
  });
  const accounts = names(count).map((name) => ({ ...account(name), metadata: { name, namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': arnOfRole(name) } } }));
  return clusterTemplate({ ...Object.fromEntries(roles), Objects: objects(...accounts) });
}

/** What tells the ARNs of all roles. */
export const DEPLOYED = { parameters: { 'AWS::AccountId': ACCOUNT } };

const arnOfRole = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
