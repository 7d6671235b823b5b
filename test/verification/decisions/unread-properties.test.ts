import * as fc from 'fast-check';
import { verification } from '../../../lib';
import { knownType } from '../../../lib/verification/private/aws-data/resource-types';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

/** Something that is added to an app, and that is not read. */
interface Addition {
  readonly resources?: object;
  readonly document?: object;
  /** The service whose decisions it can change, or all of them. */
  readonly changes: string;
}

const EVERYTHING = '*';
const SERVICES: { readonly [namespace: string]: string } = { DynamoDB: 'dynamodb', S3: 's3', SNS: 'sns', SQS: 'sqs' };
const ALLOWED = ['sqs:SendMessage', 'dynamodb:GetItem'];
const ASKED = [...ALLOWED, 'sqs:ReceiveMessage', 'dynamodb:PutItem', 's3:GetObject', 'sns:Publish'];

const name = fc.stringMatching(/^[A-Z][a-z]{2,8}$/);
const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);
const ofType = (Type: string, changes: string, condition: object): Addition => ({ resources: { X: { Type, ...condition } }, changes });

/** A condition that is not decided changes nothing about what is not known. */
const condition = oneOf({}, { Condition: 'IsProd' });
const SECTIONS = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };

const typeOfService = fc.tuple(oneOf(...Object.keys(SERVICES)), name, condition).filter(([namespace, type]) => !knownType(`AWS::${namespace}::${type}`))
  .map(([namespace, type, when]) => ofType(`AWS::${namespace}::${type}`, SERVICES[namespace], when));
const ACROSS = ['IAM', 'EKS', 'STS', 'KMS', 'CloudFormation', 'RAM', 'SSO', 'ServiceCatalog', 'Organizations', 'OfTheFuture'];
const typeOfOthers = fc.tuple(oneOf(...ACROSS), name, condition).filter(([namespace, type]) => !knownType(`AWS::${namespace}::${type}`))
  .map(([namespace, type, when]) => ofType(`AWS::${namespace}::${type}`, EVERYTHING, when));
const typeOfVendor = fc.tuple(name, name, name, oneOf('', '::MODULE'), condition).filter(([vendor]) => !['Custom', 'Alexa'].includes(vendor))
  .map(([vendor, service, type, module, when]) => ofType(`${vendor}::${service}::${type}${module}`, EVERYTHING, when));

const REQUESTS: { readonly [action: string]: string } = {
  'iam:PutRolePolicy': EVERYTHING,
  'iam:*': EVERYTHING,
  'eks:CreatePodIdentityAssociation': EVERYTHING,
  'cloudformation:CreateStack': EVERYTHING,
  '*': EVERYTHING,
  's3:PutBucketPolicy': 's3',
  's3:*': 's3',
  'sqs:AddPermission': 'sqs',
  'sqs:Set*': 'sqs',
  'sns:AddPermission': 'sns',
  'dynamodb:PutResourcePolicy': 'dynamodb',
};
const customResource = fc.tuple(name, oneOf(...Object.keys(REQUESTS)), condition).map(([type, action, when]): Addition => ({
  resources: {
    HandlerRole: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }, allow(action)),
    Handler: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('HandlerRole') } },
    X: { Type: `Custom::${type}`, Properties: { ServiceToken: arnOf('Handler') }, ...when },
  },
  changes: REQUESTS[action],
}));
const customResourceElsewhere = fc.tuple(name, condition).map(([type, when]): Addition =>
  ({ resources: { X: { Type: `Custom::${type}`, Properties: { ServiceToken: { 'Fn::ImportValue': 'other' } }, ...when } }, changes: EVERYTHING }));

const DOMAINS = ['services.k8s.aws', 'aws.upbound.io', 'aws.m.upbound.io', 'aws.crossplane.io'];
const object = (service: string, domain: string, kind: string, properties: unknown) => ({
  apiVersion: `${service}.${domain}/v1beta1`,
  kind,
  metadata: { name: 'x' },
  spec: domain.startsWith('services') ? properties : { forProvider: properties },
});
const PERMISSIONS = ['policy', 'resourcePolicy', 'accessControlPolicy', 'permissions', 'grants', 'acl', 'grantRead'];
/** A property with a permission, at any depth. */
const permission = fc.tuple(oneOf(...PERMISSIONS), fc.array(oneOf<'list' | 'object'>('list', 'object'), { maxLength: 4 }))
  .map(([property, depth]) => ({ a: depth.reduce<object>((inner, kind) => (kind === 'list' ? [inner] : { inner }), { [property]: 'x' }) }));
const objectOfService = fc.tuple(oneOf(...Object.values(SERVICES)), oneOf(...DOMAINS), name, permission)
  .map(([service, domain, kind, properties]): Addition => ({ document: object(service, domain, kind, properties), changes: service }));
const IDENTITIES = ['Role', 'Policy', 'RolePolicy', 'RolePolicyAttachment', 'InstanceProfile', 'OpenIDConnectProvider'];
const identity = fc.tuple(oneOf(...DOMAINS), oneOf(...IDENTITIES)).map(([domain, kind]): Addition => ({ document: object('iam', domain, kind, {}), changes: EVERYTHING }));
const OF_CLUSTERS = ['AccessEntry', 'Addon', 'Capability', 'Cluster', 'FargateProfile', 'Nodegroup', 'PodIdentityAssociation'];
const ofCluster = fc.tuple(oneOf(...DOMAINS), oneOf(...OF_CLUSTERS), oneOf({}, { clusterName: 'prod' }, { clusterRef: { from: { name: 'c' } } }))
  .map(([domain, kind, properties]): Addition => ({ document: object('eks', domain, kind, properties), changes: EVERYTHING }));
const graphWith = (template: object | undefined) =>
  ({ apiVersion: 'kro.run/v1alpha1', kind: 'ResourceGraphDefinition', metadata: { name: 'x' }, spec: { resources: [{ template }] } });
const graph = fc.oneof(objectOfService, identity, ofCluster).map(({ document, changes }): Addition => ({ document: graphWith(document), changes }));

const inTemplate = fc.oneof(typeOfService, typeOfOthers, typeOfVendor, customResource, customResourceElsewhere);
const addition = fc.oneof(inTemplate, objectOfService, identity, ofCluster, graph);

function outcomesWith({ resources = {}, document }: Partial<Addition>): string[] {
  const access = verification.PodAccess.fromTemplates(clusterTemplate({
    Objects: objects(account('app', 'Role'), ...(document ? [document] : [])),
    Role: accountRole('default:app', allow(ALLOWED)),
    ...resources,
  }, SECTIONS)).assume({ noOtherNodes: true });
  return ASKED.map((action) => access.pod({ serviceAccountName: 'app', cluster: 'prod' }).decide(action).outcome);
}

test('what is not read leaves no decision certain that it could change, and all others as they are', () => {
  const before = outcomesWith({});
  expect(before).toEqual(ASKED.map((action) => (ALLOWED.includes(action) ? 'ALLOWED' : 'DENIED')));
  fc.assert(fc.property(addition, (added) => {
    const canChange = (action: string) => [EVERYTHING, action.split(':')[0]].includes(added.changes);
    expect(outcomesWith(added)).toEqual(ASKED.map((action, i) => (canChange(action) ? 'UNKNOWN' : before[i])));
  }), { numRuns: 150 });
});
