import { App, CfnJson, CfnParameter, CustomResource, Fn, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IIrsaCluster, OidcIssuer, ServiceAccountWithRole } from '../../lib';
import { deployed, deployedTrust, OREGON } from '../deployed';
import { HOSTILE } from '../hostile';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const HARMLESS = 'harmless';

function define(clusterIn: (stack: Stack) => IIrsaCluster = newCluster) {
  const stack = newStack();
  const parameter = new CfnParameter(stack, 'Given').valueAsString;
  const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster: clusterIn(stack), serviceAccountName: 'reader', namespace: parameter });
  const trust = (conditions: iam.Conditions) => reader.addTrustPolicyStatements(
    new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountPrincipal('210987654321')], conditions }));
  return { stack, parameter, trust };
}

const policyWith = (stack: Stack, Given: string) => deployedTrust(stack, { ...OREGON, parameters: { Given } });

test('the trust policy for a new cluster reads like the deployed one', () => {
  const stack = newStack();
  new ServiceAccountWithRole(stack, 'Reader', { cluster: newCluster(stack), serviceAccountName: 'reader' });
  const Provider = { Ref: expect.stringMatching(/^ClusterOidcProvider/) };
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      'Fn::Sub': [
        JSON.stringify({
          Statement: [{
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringEquals: { '${Issuer}:aud': 'sts.amazonaws.com', '${Issuer}:sub': 'system:serviceaccount:default:reader' } },
            Effect: 'Allow',
            Principal: { Federated: '${OidcProvider}' },
          }],
          Version: '2012-10-17',
        }),
        { },
      ],
    },
  });
  const [{ Properties: { AssumeRolePolicyDocument: { 'Fn::Sub': [, variables] } } }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Role'))
    .filter(({ Properties }) => 'Fn::Sub' in Properties.AssumeRolePolicyDocument);
  expect(variables).toEqual({ Issuer: { 'Fn::Select': [1, { 'Fn::Split': [':oidc-provider/', Provider] }] }, OidcProvider: Provider });
});

test.each([
  ['a new cluster', newCluster],
  ['an existing cluster', (stack: Stack) => new ExistingCluster(stack, 'Cluster')],
])('in the trust policy for %s, a hostile value changes nothing but itself', (_, clusterIn) => {
  const { stack, parameter, trust } = define(clusterIn);
  trust({ StringEquals: { 'sts:ExternalId': parameter, 'aws:PrincipalTag/team': `{{${parameter}-\${aws:username}` } });
  const template = Template.fromStack(stack);
  const [{ Properties: { AssumeRolePolicyDocument } }] = Object.values<any>(template.findResources('AWS::IAM::Role'))
    .filter(({ Properties }) => JSON.stringify(Properties).includes('WebIdentity'));
  const providers = Object.fromEntries(Object.keys(template.findResources('AWS::IAM::OIDCProvider')).map((id) => [id, 'arn:aws:iam::123456789012:oidc-provider/issuer']));
  const given = (Given: string) =>
    JSON.stringify(JSON.parse(deployed(stack, AssumeRolePolicyDocument, { ...OREGON, parameters: { ...providers, Given } })));

  const harmless = given(HARMLESS);
  expect(harmless).toContain(`system:serviceaccount:${HARMLESS}:reader`);
  for (const value of HOSTILE) {
    // IAM reads ${$} as a dollar sign, ${*} as a star and ${?} as a question mark, so that no value becomes a policy variable or a wildcard
    const inPolicy = JSON.stringify(value.replace(/[$*?]/g, '${$&}')).slice(1, -1);
    expect(given(value)).toBe(harmless.replaceAll(HARMLESS, () => inPolicy));
  }
});

test('the trust policy for an existing cluster is an object if AWS alone decides the values of its tokens', () => {
  const { stack, trust } = define((scope) => new ExistingCluster(scope, 'Cluster'));
  const known = new ServiceAccountWithRole(stack, 'Known', { cluster: stack.node.findChild('Cluster') as ExistingCluster, serviceAccountName: 'known' });
  trust({});
  known.addTrustPolicyStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountRootPrincipal()] }));
  const documents = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Role')).map(({ Properties }) => Properties.AssumeRolePolicyDocument);
  expect(documents.filter((document) => JSON.stringify(document).includes('WebIdentity')).map((document) => Object.keys(document))).toEqual([
    ['Fn::Sub'], // because its namespace is a parameter
    ['Statement', 'Version'],
  ]);
});

test('an issuer and a provider from a parameter are escaped like any other value', () => {
  const stack = newStack();
  const given = new CfnParameter(stack, 'Given').valueAsString;
  const cluster = new Proxy(new ExistingCluster(stack, 'Cluster'), {
    get: (target, property) => ({ openIdConnectProviderArn: given, issuer: OidcIssuer.fromUrl(`https://${given}`) } as any)[property] ?? Reflect.get(target, property),
  });
  new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
  const hostile = 'arn:aws:iam::123456789012:oidc-provider/a"},"Action":"sts:AssumeRole';
  expect(policyWith(stack, hostile).Statement).toEqual([{
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${hostile}:aud`]: 'sts.amazonaws.com', [`${hostile}:sub`]: 'system:serviceaccount:default:reader' } },
    Effect: 'Allow',
    Principal: { Federated: hostile },
  }]);
  expect(() => policyWith(stack, '*')).toThrow('Fn::Select cannot select nonexistent value at index 5');
});

test('only the ARN of an OIDC provider of this app is not escaped', () => {
  const stack = newStack();
  const arn = new CustomResource(stack, 'Custom', { serviceToken: 'arn' }).getAttString('Arn');
  const cluster = new Proxy(new ExistingCluster(stack, 'Cluster'), {
    get: (target, property) =>
      ({ openIdConnectProviderArn: arn, issuer: OidcIssuer.fromProviderArn(arn) } as any)[property] ?? Reflect.get(target, property),
  });
  const { role } = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
  const { 'Fn::Sub': [, variables] } = stack.resolve((role.node.defaultChild as iam.CfnRole).assumeRolePolicyDocument);
  expect(variables).toEqual({ Issuer: { 'Fn::Join': expect.anything() }, OidcProvider: { 'Fn::Join': expect.anything() }, Value: { 'Fn::Select': expect.anything() } });
});

test('a statement that is added after a synthesis is in the trust policy of the next one', () => {
  const { stack, trust } = define();
  const app = stack.node.root as App;
  app.synth();
  trust({ StringEquals: { 'sts:ExternalId': 'later' } });
  app.synth({ force: true });
  expect(policyWith(stack, HARMLESS).Statement).toHaveLength(2);
});

test('a provider that has changed after a synthesis is in the trust policy of the next one', () => {
  const stack = newStack();
  new ServiceAccountWithRole(stack, 'Reader', { cluster: newCluster(stack), serviceAccountName: 'reader' });
  const app = stack.node.root as App;
  app.synth();
  stack.node.findAll().find((construct) => construct instanceof iam.CfnOIDCProvider)!.overrideLogicalId('Renamed');
  const written = JSON.stringify(app.synth({ force: true }).getStackByName(stack.stackName).template.Resources);
  expect(written).toContain('{"Ref":"Renamed"}');
  expect(written).not.toContain('{"Ref":"ClusterOidcProvider');
});

describe('fails for', () => {
  const place = '\\[Stack/Reader/Role\\] assumeRolePolicy\\.Statement\\[1\\]\\.Condition\\.StringEquals';
  const message = new RegExp(`${place}\\["sts:ExternalId"\\] cannot contain a secret or another dynamic reference`);

  test.each<[string, (stack: Stack, parameter: string) => iam.Conditions, RegExp]>([
    ['a secret', () => ({ StringEquals: { 'sts:ExternalId': SecretValue.secretsManager('mine').unsafeUnwrap() } }), message],
    ['a secret from a parameter', (stack) => ({ StringEquals: { 'sts:ExternalId': SecretValue.cfnParameter(new CfnParameter(stack, 'Secret', { noEcho: true })).unsafeUnwrap() } }),
      /\[Stack\/Reader\/Role\] assumeRolePolicy cannot contain a secret, such as a NoEcho parameter/],
    ['a list of secrets from a parameter', (stack) => ({ StringEquals: { 'aws:PrincipalTag/team': new CfnParameter(stack, 'Secrets', { type: 'CommaDelimitedList', noEcho: true }).valueAsList } }),
      /\[Stack\/Reader\/Role\] assumeRolePolicy cannot contain a secret, such as a NoEcho parameter/],
    ['a dynamic reference', (_, parameter) => ({ StringEquals: { 'sts:ExternalId': `{{resolve:ssm:${parameter}}}` } }), message],
    ['a list', (stack) => ({ StringEquals: { 'aws:PrincipalTag/team': new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList } }),
      new RegExp(`${place}\\["aws:PrincipalTag/team"\\] cannot be a list that is known only at deployment`)],
    ['a list from an intrinsic function', (_, parameter) => ({ StringEquals: { 'aws:PrincipalTag/team': Fn.split(',', parameter) } }),
      new RegExp(`${place}\\["aws:PrincipalTag/team"\\] cannot be a list that is known only at deployment`)],
    ['an intrinsic function as plain data', () => ({ StringEquals: { 'sts:ExternalId': { Ref: 'Given' } as any } }),
      new RegExp(`${place}\\["sts:ExternalId"\\] cannot be an intrinsic function written as plain data`)],
    ['a token as the map of an operator', (stack) => ({ StringEquals: new CfnJson(stack, 'Json', { value: { a: 'b' } }) }),
      new RegExp(`${place} cannot be a token: write the map in the app`)],
    ['a token as a condition key', (_, parameter) => ({ StringEquals: { [parameter]: 'x' } }),
      new RegExp(`${place} cannot have a key that is known only at deployment, because it could replace another key: use a literal`)],
  ])('%s', (_, conditions, expected) => {
    const { stack, parameter, trust } = define();
    trust(conditions(stack, parameter));
    expect(() => Template.fromStack(stack)).toThrow(expected);
  });
});
