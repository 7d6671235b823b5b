import { account, allow, arnOf, clusterTemplate, deny, objects, trustOf } from '../templates';

const CONDITIONS = Array.from({ length: 6 }, (_, i) => `C${i}`);

const SECTIONS = {
  Parameters: Object.fromEntries(CONDITIONS.map((name) => [`P${name}`, { Type: 'String' }])),
  Conditions: Object.fromEntries(CONDITIONS.map((name) => [name, { 'Fn::Equals': [{ Ref: `P${name}` }, 'yes'] }])),
};

/** Service accounts with a role, a policy, and a bucket with a policy each. Six conditions, if there are any, decide about three of the resources each. */
export function conditionalApp(accounts: number, hasConditions: boolean): ReturnType<typeof clusterTemplate> {
  const resources = Array.from({ length: accounts }, (_, i) => {
    const [condition, which] = [CONDITIONS[i % CONDITIONS.length], hasConditions ? Math.floor(i / CONDITIONS.length) : undefined];
    const bucket = arnOf(`Bucket${i}`);
    const files = { 'Fn::Join': ['', [bucket, '/*']] };
    const statements = [allow('s3:GetObject', files), ...(which === 0 ? [{ 'Fn::If': [condition, allow('s3:PutObject', files), { Ref: 'AWS::NoValue' }] }] : [])];
    return {
      [`Role${i}`]: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trustOf(`default:account-${i}`) } },
      [`Policy${i}`]: {
        Type: 'AWS::IAM::Policy',
        ...which === 1 && { Condition: condition },
        Properties: { PolicyName: 'own', Roles: [{ Ref: `Role${i}` }], PolicyDocument: { Version: '2012-10-17', Statement: statements } },
      },
      [`Objects${i}`]: objects(account(`account-${i}`, `Role${i}`)),
      [`Bucket${i}`]: { Type: 'AWS::S3::Bucket' },
      [`BucketPolicy${i}`]: {
        Type: 'AWS::S3::BucketPolicy',
        ...which === 2 && { Condition: condition },
        Properties: { Bucket: { Ref: `Bucket${i}` }, PolicyDocument: { Version: '2012-10-17', Statement: [deny('s3:DeleteObject', files, { Principal: { AWS: '*' } })] } },
      },
    };
  });
  return clusterTemplate(Object.assign({}, ...resources), hasConditions ? SECTIONS : {});
}
