import { verification } from '../../../lib';
import { typesWith } from '../../../lib/verification/private/resource-types/declarations';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

/** What has to be set so that not everyone in the network asks for something. */
const CLOSED: { readonly [type: string]: object } = { 'AWS::Neptune::DBCluster': { IamAuthEnabled: true } };

/** A role of a service, something that has it, and the instance profile that instances have it by. */
const resources = (type: string, properties: object) => ({
  Objects: objects(account('app', 'Role')),
  Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'something.amazonaws.com' } }, allow('s3:*')),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  It: { Type: type, Properties: { ...CLOSED[type], ...properties } },
});
const decisionOf = (all: object, ...actions: string[]) => verification.PodAccess.fromTemplates(clusterTemplate({ ...all, Role: accountRole('default:app', allow(actions)) }))
  .assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets');

/** A value at a path. */
const at = (path: readonly string[], value: object): object => path.reduceRight<object>((inner, name) => ({ [name]: inner }), value);

/** Everything that acts with a role as others ask, with each place of the role. */
const PLACES = typesWith('program').flatMap(([type, { roles, instanceProfiles = [], takenOverBy, takenOverElsewhere = [] }]) => [
  ...roles.map((path) => ({ type, path, value: arnOf('Admin') })), ...instanceProfiles.map((path) => ({ type, path, value: arnOf('Profile') })),
].map((place) => ({ ...place, name: `${type} ${place.path.join('.')}`, actions: [...takenOverBy, ...takenOverElsewhere] })));

test.each(PLACES.filter(({ actions }) => actions.length > 0))('with the role in $name, it acts as others ask', ({ type, path, value, actions }) => {
  const all = resources(type, at(path, value));
  for (const action of actions) {
    expect(decisionOf(all, action)).toMatchObject({
      outcome: 'UNKNOWN', missing: expect.arrayContaining([`role Role may request ${action}, and so might decide what It does with role Admin`]),
    });
  }
  expect(decisionOf(resources(type, {}), ...actions).missing).not.toContainEqual(expect.stringContaining('what It does with role Admin'));
});

test.each([...new Set(PLACES.map(({ type }) => type))])('who requests something else asks %s for nothing', (type) => {
  const [{ path, value }] = PLACES.filter((place) => place.type === type);
  expect(decisionOf(resources(type, at(path, value)), 'sqs:ListQueues').outcome).toBe('DENIED');
});

test('everyone asks a gateway without an authorizer', () => {
  const ofAuthorizer = (AuthorizerType: unknown) => decisionOf(resources('AWS::BedrockAgentCore::Gateway', { RoleArn: arnOf('Admin'), AuthorizerType }), 'sqs:ListQueues');
  const missing = ['anyone might decide through Amazon Bedrock AgentCore what It does with role Admin'];
  expect(ofAuthorizer('NONE')).toMatchObject({ outcome: 'UNKNOWN', missing });
  expect(ofAuthorizer({ 'Fn::ImportValue': 'Authorizer' })).toMatchObject({ outcome: 'UNKNOWN', missing });
  expect(ofAuthorizer('CUSTOM_JWT')).toMatchObject({ outcome: 'UNKNOWN', missing });
  expect(ofAuthorizer('AWS_IAM').outcome).toBe('DENIED');
});

test.each([['sqs:ListQueues', 'DENIED'], ['cognito-idp:AdminCreateUser', 'UNKNOWN']])('with %s, a pod asks a gateway for the users of a pool without sign-up: %s', (action, outcome) => {
  const gateway = resources('AWS::BedrockAgentCore::Gateway', {
    RoleArn: arnOf('Admin'),
    AuthorizerType: 'CUSTOM_JWT',
    AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: { 'Fn::Sub': 'https://cognito-idp.us-west-2.amazonaws.com/${Users}/.well-known/openid-configuration' } } },
  });
  expect(decisionOf({ ...gateway, Users: { Type: 'AWS::Cognito::UserPool', Properties: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } } }, action).outcome).toBe(outcome);
});

test('a condition matters that decides which role it has', () => {
  const { It, ...others } = resources('AWS::Transfer::User', { Role: { 'Fn::If': ['IsProd', arnOf('Admin'), 'arn:aws:iam::111122223333:role/other'] } });
  const template = clusterTemplate({ ...others, It, Role: accountRole('default:app', allow('transfer:UpdateUser')) }, {
    Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  });
  const access = verification.PodAccess.fromTemplates(template).assume({ noOtherNodes: true, parameters: { Stage: 'prod' } });
  expect(access.pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets').outcome).toBe('UNKNOWN');
});
