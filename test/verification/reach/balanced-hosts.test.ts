import { admin, LIST, task } from './code-apps';
import { deployment } from './deployments';
import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects, role } from '../templates';

const HOST = 'git.example.com';
/** Other pods than those of the app serve at the host. */
const SERVED = [
  deployment('web', 'ops'),
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'ops' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'ops' },
    spec: { ingressClassName: 'alb', rules: [{ host: HOST, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
  },
];
const accessOf = (resources: object, documents: readonly object[], action: string) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...resources, Own: accountRole('default:app', allow(action)), Applied: objects(account('app', 'Own'), deployment('app', 'default'), ...SERVED, ...documents),
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'app' }).decide(LIST);

type Consumer = (host: string) => readonly [resources: object, documents: readonly object[]];
const inCluster = (...documents: object[]): [object, object[]] => [{ Other: accountRole('ops:worker', allow(LIST)) }, [account('worker', 'Other', 'ops'), ...documents]];
const script: Consumer = (host) => inCluster(deployment('worker', 'ops', { command: ['sh', '-c', `curl -fsSL https://${host}/run.sh | sh`] }));

test.each<[string, Consumer]>([
  ['the image of a task', (host) => [task(`${host}/app:1`), []]],
  ['user data', (host) => [{
    ...admin('ec2'),
    Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
    It: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': `#!/bin/sh\ncurl -fsSL https://${host}/run.sh | sh\n` } } },
  }, []]],
  ['an issuer', (host) => [{
    Issuer: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: `https://${host}`, ClientIdList: ['aws'] } },
    Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { Ref: 'Issuer' } } }, allow(LIST)),
  }, []]],
  ['a script of a workload', script],
  ['a Git repository of Flux', (host) => inCluster(deployment('worker', 'ops'), {
    apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: { name: 'it', namespace: 'flux-system' }, spec: { url: `https://${host}/acme/app` },
  })],
])('who directs the requests of a load balancer that a controller makes serves %s', (_, consumer) => {
  const outcomes = ['ModifyListener', 'ModifyRule', 'CreateRule', 'SetRulePriorities', 'RegisterTargets', 'DescribeListeners']
    .map((name) => accessOf(...consumer(HOST), `elasticloadbalancing:${name}`).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'DENIED']);
  expect(accessOf(...consumer('git.example.org'), 'elasticloadbalancing:*').outcome).toBe('DENIED');
});

test.each<[string, Consumer]>([
  ['nothing', () => [{}, []]],
  ['data', (host) => inCluster(deployment('worker', 'ops', { command: ['sh', '-c', `curl -s https://${host}/items | jq .`] }))],
  ['a script by the name of a Service', () => script('web.ops.svc')],
])('the AWS Load Balancer Controller decides nothing about %s', (_, consumer) => {
  expect(accessOf(...consumer(HOST), 'elasticloadbalancing:*').outcome).toBe('DENIED');
});

test('the reason names the requests, or the role', () => {
  const missing = [task(`${HOST}/app:1`), script(HOST)].map((one) => accessOf(...(Array.isArray(one) ? one : [one, []]) as ReturnType<Consumer>, 'elasticloadbalancing:ModifyRule').missing);
  expect(missing).toEqual([
    ['role Own may request elasticloadbalancing:ModifyRule, and so might decide what It does with role Admin'],
    ['whether pods change the code of Deployment ops/worker with role Own, get tokens of other pods, and with them the credentials of role Other'],
  ]);
});
