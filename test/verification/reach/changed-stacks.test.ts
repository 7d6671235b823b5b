import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, ServiceAccountWithRole, verification } from '../../../lib';
import { version } from '../../stacks';
import { writeAssembly } from '../assemblies';
import { account, accountRole, allow, clusterTemplate, deny, objects } from '../templates';

const access = (...statements: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({ Objects: objects(account('app', 'Role')), Role: accountRole('default:app', ...statements) }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });
const outcomeOf = (...statements: object[]) => access(...statements).pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets').outcome;
const stack = (name: string) => `arn:aws:cloudformation:us-west-2:111122223333:stack/${name}/*`;

test.each<[string, object[]]>([
  ['updates any stack', [allow('cloudformation:UpdateStack')]],
  ['carries out changes of any stack', [allow('cloudformation:*', 'arn:aws:cloudformation:*:*:stack/*')]],
  ['deploys any stack set', [allow('cloudformation:CreateStackInstances')]],
  ['changes any stack set', [allow('cloudformation:UpdateStackSet')]],
  ['changes the parameters of any stack set', [allow('cloudformation:UpdateStackInstances')]],
])('a pod that %s might do what the role of a stack may do', (_, statements) => {
  expect(outcomeOf(...statements)).toBe('UNKNOWN');
});

test.each<[string, object[]]>([
  ['reads stacks', [allow('cloudformation:Describe*')]],
  ['creates stacks, for which it has to pass a role', [allow('cloudformation:CreateStack')]],
  ['updates stacks of another account', [allow('cloudformation:UpdateStack', 'arn:aws:cloudformation:*:999999999999:stack/*')]],
  ['is denied to update stacks', [allow('cloudformation:*'), deny(['cloudformation:UpdateStack*', 'cloudformation:ExecuteChangeSet', 'cloudformation:CreateStackInstances'])]],
])('what is denied to a pod that %s is certain', (_, statements) => {
  expect(outcomeOf(...statements)).toBe('DENIED');
});

test('a stack of an app is known by its name', () => {
  const app = new Stack(new App(), 'App', { env: { account: '111122223333', region: 'us-west-2' } });
  const cluster = new IrsaCluster(app, 'Cluster', { version });
  ['App', 'Other'].forEach((name) => new ServiceAccountWithRole(app, name, {
    cluster,
    serviceAccountName: name.toLowerCase(),
    inlinePolicies: { update: new iam.PolicyDocument({ statements: [iam.PolicyStatement.fromJson(allow('cloudformation:UpdateStack', stack(name)))] }) },
  }));
  const ofApp = verification.PodAccess.fromStack(app);
  expect(ofApp.pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets').missing)
    .toContainEqual(expect.stringMatching(/^role .* may request cloudformation:UpdateStack, and so might change arn:aws:cloudformation:us-west-2:111122223333:stack\/App\//));
  expect(ofApp.pod({ serviceAccountName: 'other' }).decide('s3:ListAllMyBuckets').missing).not.toContainEqual(expect.stringContaining('stack/App/'));
});

test('you can state that pods do not change stacks', () => {
  const pod = access(allow('cloudformation:UpdateStack')).assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app' });
  expect(pod.decide('s3:ListAllMyBuckets').outcome).toBe('DENIED');
});

const BOOTSTRAPPED = { Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/team/version' }, Name: { Type: 'String' } } };
const ASSETS = 'arn:aws:s3:::cdk-team-assets-111122223333-us-west-2';
const outcomeWith = (sections: object, statement: object, resources: object = {}) => verification.PodAccess
  .fromTemplates(clusterTemplate({ ...resources, Role: accountRole('default:app', statement), Objects: objects(account('app', 'Role')) }, sections))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ serviceAccountName: 'app' }).decide('s3:DeleteBucket').outcome;
const CONDITION = { Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } } };
const Data = { Type: 'AWS::S3::Bucket', Properties: {} };

test.each<[string, object, object, string]>([
  ['writes any object', BOOTSTRAPPED, allow('s3:PutObject'), 'UNKNOWN'],
  ['writes any object of the account', BOOTSTRAPPED, allow('s3:PutObject', '*', CONDITION), 'UNKNOWN'],
  ['writes the assets of aws-cdk', BOOTSTRAPPED, allow('s3:PutObject', `${ASSETS}/*`), 'UNKNOWN'],
  ['writes the assets of another app', BOOTSTRAPPED, allow('s3:PutObject', 'arn:aws:s3:::cdk-other-assets-111122223333-us-west-2/*'), 'DENIED'],
  ['only reads any object', BOOTSTRAPPED, allow('s3:GetObject'), 'DENIED'],
  ['writes objects of a bucket of the templates', BOOTSTRAPPED, allow('s3:PutObject', { 'Fn::Sub': '${Data.Arn}/*' }), 'DENIED'],
  ['writes objects of a bucket that is a parameter', BOOTSTRAPPED, allow('s3:PutObject', { 'Fn::Sub': 'arn:aws:s3:::${Name}/*' }), 'DENIED'],
  ['writes any object, while the templates are not of aws-cdk', {}, allow('s3:PutObject'), 'DENIED'],
])('a pod that %s might decide on the next deployment, or not', (_, sections, statement, expected) => {
  expect(outcomeWith(sections, statement, { Data })).toBe(expected);
});

test('a pod that writes to the bucket that the manifest of an app names might decide on the next deployment', () => {
  const template = clusterTemplate({ Role: accountRole('default:app', allow('s3:PutObject', 'arn:aws:s3:::own-assets/*')), Objects: objects(account('app', 'Role')) }, BOOTSTRAPPED).stack;
  const directory = writeAssembly({ App: { environment: 'aws://111122223333/us-west-2', template, properties: { stackTemplateAssetObjectUrl: 's3://own-assets/0123.json' } } });
  const { outcome, missing } = verification.PodAccess.fromAssembly(directory).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide('s3:DeleteBucket');
  expect([outcome, missing]).toEqual(['UNKNOWN', ['role Role may request s3:PutObject, and so might decide what is deployed from the assets in own-assets with a role, which is not in the templates']]);
});
