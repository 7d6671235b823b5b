import { admin, LIST } from './code-apps';
import { deployment } from './deployments';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const DIGEST = `app@sha256:${'a'.repeat(64)}`;
const service = (name: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec: { selector: { app: 'app' }, ports: [{ port: 80 }] } });
const ingress = (host: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'default' },
  spec: { rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
});
const NAME = { Type: 'String', AllowedPattern: '^[a-z0-9.-]+$' };
const PARAMETERS = { Parameters: { Domain: NAME, Other: NAME } };
const decide = (resources: object, documents: readonly object[], parameters: Record<string, string> = {}) => verification.PodAccess.fromTemplates({
  stack: {
    ...PARAMETERS,
    ...clusterTemplate({ ...resources, Own: accountRole('default:app', allow('sqs:ListQueues')), Applied: objects(account('app', 'Own'), deployment('app', 'default'), ...documents) }).stack,
  },
}).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2', ...parameters } })
  .pod({ serviceAccountName: 'app', cluster: 'prod' }).decide(LIST).outcome;

/** What gets code from a host: resources, and objects. */
type Consumer = (host: string) => { readonly resources: object; readonly documents: readonly object[] };

const sub = (text: string) => ({ 'Fn::Sub': text });
const inAws = (resources: object) => ({ resources, documents: [] });
const inCluster = (...documents: object[]) => ({ resources: { Other: accountRole('ops:worker', allow(LIST)) }, documents: [account('worker', 'Other', 'ops'), ...documents] });
const worker = (container: object) => inCluster(deployment('worker', 'ops', container));
const task = (container: object) => inAws({
  ...admin('ecs-tasks'),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Name: 'it', Image: DIGEST, ...container }] } },
});
const userData: Consumer = (host) => inAws({
  ...admin('ec2'),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  It: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': sub(`#!/bin/sh\ncurl -fsSL https://${host}/run.sh | sh\n`) } } },
});
const script: Consumer = (host) => worker({ command: ['sh', '-c', `curl -fsSL https://${host}/run.sh | sh`] });
const provider: Consumer = (host) => inAws({
  Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: sub(`https://${host}`), ClientIdList: ['aws'] } },
  Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { Ref: 'Provider' } } }, allow(LIST)),
});
const CONSUMERS: Array<[string, Consumer]> = [
  ['user data', userData],
  ['the image of a task', (host) => task({ Image: sub(`${host}/app:1`) })],
  ['a command with a variable', (host) => task({ Command: ['sh', '-c', 'curl -fsSL $BASE/run.sh | sh'], Environment: [{ Name: 'BASE', Value: sub(`https://${host}`) }] })],
  ['a script of a workload', script],
  ['the services of AWS for a workload', (host) => worker({ env: [{ name: 'AWS_ENDPOINT_URL_STS', value: `https://${host}` }] })],
  ['a Git repository of Flux', (host) => inCluster(deployment('worker', 'ops'), {
    apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: { name: 'it', namespace: 'flux-system' }, spec: { url: `https://${host}/acme/app` },
  })],
];
const outcomeOf = (consumer: Consumer, served: string, host: string, parameters?: Record<string, string>) => {
  const { resources, documents } = consumer(host);
  return decide(resources, [service('web'), ingress(served), ...documents], parameters);
};

/** The host of the Ingress, and those that are, or may be, the same. */
const SAME: ReadonlyArray<readonly [string, string]> = [
  ['${Domain}', '${Domain}'], ['id.${Domain}', 'id.${Domain}'], ['id.example.com', '${Domain}'], ['id.${Domain}', 'id.example.com'], ['id-${Domain}.example.com', 'id-blue.example.com'],
  ['${Domain}', '${Other}'], ['*.${Domain}', 'id.${Domain}'],
];
const DIFFERENT: ReadonlyArray<readonly [string, string]> = [
  ['id.${Domain}', 'www.${Domain}'], ['id.${Domain}', 'www.example.com'], ['id.example.com', '${Domain}.example.org'], ['${Domain}', 'registry.k8s.io'],
  ['${Domain}', '111122223333.dkr.ecr.us-west-2.amazonaws.com'], ['${Domain}', '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}'],
];

test.each(CONSUMERS)('pods serve %s at a host that only the deployment knows, if it may be theirs', (_, consumer) => {
  expect(SAME.map(([served, host]) => outcomeOf(consumer, served, host))).toEqual(SAME.map(() => 'UNKNOWN'));
  expect(DIFFERENT.map(([served, host]) => outcomeOf(consumer, served, host))).toEqual(DIFFERENT.map(() => 'DENIED'));
});

test('an issuer of which nothing is known is theirs only if it is the same value', () => {
  const outcomes = [['${Domain}', '${Domain}'], ['id.${Domain}', 'id.example.com'], ['id.example.com', '${Domain}'], ['${Domain}', '${Other}']]
    .map(([served, host]) => outcomeOf(provider, served, host));
  expect(outcomes).toEqual(['UNKNOWN', 'UNKNOWN', 'DENIED', 'DENIED']);
});

test('a stated value tells', () => {
  expect(['id.example.com', 'id.example.org'].map((Domain) => outcomeOf(userData, 'id.example.com', '${Domain}', { Domain }))).toEqual(['UNKNOWN', 'DENIED']);
});

test('what a resource of the templates returns is no host of an Ingress', () => {
  const { resources, documents } = userData('${Resource.PublicDnsName}');
  expect(decide({ ...resources, Resource: { Type: 'AWS::EC2::Instance', Properties: {} } }, [service('web'), ingress('id.example.com'), ...documents])).toBe('DENIED');
});

test.each<[string, string, string]>([
  ['web', 'web.default.svc', 'UNKNOWN'], ['${Domain}', 'web.default.svc', 'UNKNOWN'], ['web', '${Domain}.default.svc', 'UNKNOWN'], ['web-${Domain}', 'web-blue.default', 'UNKNOWN'],
  ['web-${Domain}', 'www.default.svc', 'DENIED'], ['web', '${Domain}.ops.svc', 'DENIED'],
])('Service %s may answer at %s, or not', (name, host, outcome) => {
  const { resources, documents } = script(host);
  expect(decide(resources, [service(name), ...documents])).toBe(outcome);
});

test('the name of a Service is no host of an Ingress', () => {
  const { resources, documents } = script('other.ops.svc');
  expect(decide(resources, [service('web'), ingress('${Domain}'), ...documents])).toBe('DENIED');
});

test('a bucket is no host', () => {
  const { resources, documents } = task({ Command: ['sh', '-c', sub('aws s3 cp s3://${Domain}/run.sh . && sh run.sh')] });
  expect(decide(resources, [service('web'), ingress('id.example.com'), ...documents])).toBe('DENIED');
});

test('the endpoint of a cluster is no host of an Ingress, whichever type of resource makes it', () => {
  const outcomeWith = (Type: string) => {
    const { resources, documents } = worker({ env: [{ name: 'KUBERNETES_SERVICE_HOST', value: '${Second.Endpoint}' }] });
    return decide({ ...resources, Second: { Type, Properties: { Name: 'second', Config: { name: 'second' } } } }, [service('web'), ingress('id.example.com'), ...documents]);
  };
  expect(['AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster'].map(outcomeWith)).toEqual(['DENIED', 'DENIED']);
});
