import { admin, LIST, trusted } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const [HOST, LOCAL, DIGEST] = ['ci.example.com', 'web.default.svc.cluster.local', `@sha256:${'a'.repeat(64)}`];
const pods = (name: string, namespace: string, container: object = {}, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { serviceAccountName: name, containers: [{ name: 'it', image: `acme/it${DIGEST}`, ...container }], ...spec } },
  },
});
const SERVER = [
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'app' }, ports: [{ port: 80 }] } },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'default' },
    spec: { rules: [{ host: HOST, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
  },
];
const decide = (resources: object, documents: object[], served = SERVER) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...resources, Own: accountRole('default:app', allow('sqs:ListQueues')), Applied: objects(account('app', 'Own'), pods('app', 'default'), ...served, ...documents),
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
const OTHER = { Other: accountRole('ops:worker', allow(LIST)) };
const outcomes = (...documents: object[]) => [SERVER, []].map((served) => decide(OTHER, [account('worker', 'Other', 'ops'), ...documents], served));
const agent = (image: string, variables: Record<string, string> = {}, args?: string[]) =>
  [pods('worker', 'ops', { image: `${image}${DIGEST}`, env: Object.entries(variables).map(([name, value]) => ({ name, value })), args })];
const running = (...command: string[]) => [pods('worker', 'ops', { command })];
const config = (text: string) => [pods('worker', 'ops'), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', namespace: 'ops' }, data: { 'config.toml': text } }];
const mounting = (volume: object, script: string, mountPath = '/data') =>
  [pods('worker', 'ops', { command: ['sh', '-c', script], volumeMounts: [{ name: 'it', mountPath }] }, { volumes: [{ name: 'it', ...volume }] })];
const NFS = { nfs: { server: LOCAL, path: '/x' } };

test.each<[string, object[]]>([
  ['an agent of Jenkins', agent('jenkins/inbound-agent', { JENKINS_URL: `http://${LOCAL}:8080` })],
  ['GitLab Runner', agent('gitlab/gitlab-runner', { CI_SERVER_URL: `https://${HOST}` })],
  ['GitLab Runner of another registry', agent('acme/ci', { CI_SERVER_URL: `https://${HOST}` })],
  ['a runner of Gitea', agent('gitea/act_runner', { GITEA_INSTANCE_URL: `http://${LOCAL}:3000` })],
  ['a runner of Drone', agent('drone/drone-runner-kube', { DRONE_RPC_HOST: LOCAL })],
  ['an agent of Woodpecker', agent('woodpeckerci/woodpecker-agent', { WOODPECKER_SERVER: `${LOCAL}:9000` })],
  ['an agent of TeamCity', agent('jetbrains/teamcity-agent', { SERVER_URL: `http://${LOCAL}` })],
  ['an agent of GoCD', agent('gocd/gocd-agent-alpine-3.20', { GO_SERVER_URL: `http://${LOCAL}/go` })],
  ['a worker of Concourse', agent('concourse/concourse', { CONCOURSE_TSA_HOST: `${LOCAL}:2222` }, ['worker'])],
  ['an agent of Rancher', agent('rancher/rancher-agent', { CATTLE_SERVER: `https://${HOST}` })],
  ['a worker of Prefect', [pods('worker', 'ops', { image: 'prefecthq/prefect', command: ['prefect', 'worker', 'start'], env: [{ name: 'PREFECT_API_URL', value: `http://${LOCAL}:4200/api` }] })]],
  ['a controller of Argo CD', agent('quay.io/argoproj/argocd', {}, ['argocd-application-controller', `--repo-server=${LOCAL}:8081`])],
  ['a minion of Salt', [pods('worker', 'ops', { command: ['salt-minion'], args: [`--master=${LOCAL}`] })]],
  ['an agent of Puppet', running('puppet', 'agent', '--server', LOCAL, '--test')],
  ['a playbook', running('ansible-pull', '-U', `http://${LOCAL}/it.git`)],
  ['a script that registers a runner', running('sh', '-c', `gitlab-runner register --url https://${HOST} && gitlab-runner run`)],
  ['the settings of GitLab Runner', config(`concurrent = 4\n[[runners]]\n  url = "https://${HOST}/"\n`)],
  ['runners of GitHub Enterprise Server', [pods('worker', 'ops'), { apiVersion: 'actions.github.com/v1alpha1', kind: 'AutoscalingRunnerSet', metadata: { name: 'it', namespace: 'ops' }, spec: { githubConfigUrl: `https://${HOST}/acme` } }]],
  ['a file system from which a script runs', mounting(NFS, '/data/run.sh')],
  ['a file system with programs', mounting({ cephfs: { monitors: [`${LOCAL}:6789`] } }, 'run', '/opt/app')],
])('a pod that is the server of what runs what it says might get its credentials: %s', (_, documents) => {
  expect(outcomes(...documents)).toEqual(['UNKNOWN', 'DENIED']);
});

test.each<[string, object[]]>([
  ['an API of an app', agent('acme/shop', { API_URL: `http://${LOCAL}`, SERVER_URL: `https://${HOST}` })],
  ['what asks Jenkins', agent('acme/dashboard', { JENKINS_URL: `http://${LOCAL}:8080` })],
  ['an agent that sends metrics', agent('grafana/agent', { LOKI_URL: `http://${LOCAL}:3100` })],
  ['an agent of another server', agent('jenkins/inbound-agent', { JENKINS_URL: 'https://ci.example.org' })],
  ['the server of Prefect', [pods('worker', 'ops', { image: 'prefecthq/prefect', command: ['prefect', 'server', 'start'], env: [{ name: 'PREFECT_UI_API_URL', value: `http://${LOCAL}` }] })]],
  ['settings with a URL', config(`[api]\n  url = "https://${HOST}/"\n`)],
  ['a file system with data', mounting(NFS, 'app')],
  ['a file system elsewhere', mounting({ nfs: { server: 'nfs.example.org', path: '/x' } }, '/data/run.sh')],
])('a pod gets no credentials as the server of %s', (_, documents) => {
  expect(outcomes(...documents)).toEqual(['DENIED', 'DENIED']);
});

const instance = (script: string) => ({
  ...admin('ec2'),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  It: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': `#!/bin/sh\n${script}\n` } } },
});
const container = (Image: string, Environment: object[]) => ({
  Admin: role(trusted('ecs-tasks'), allow(LIST)),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: `${Image}${DIGEST}`, Environment }] } },
});

test.each<[string, object, string]>([
  ['a runner of GitLab', instance(`gitlab-runner register --non-interactive --url https://${HOST} --token it --executor shell`), 'UNKNOWN'],
  ['a runner of GitHub Enterprise Server', instance(`./config.sh --url https://${HOST}/acme --token it && ./run.sh`), 'UNKNOWN'],
  ['an agent of Puppet', instance(`puppet agent --server ${HOST}`), 'UNKNOWN'],
  ['an agent of Jenkins', container('jenkins/inbound-agent', [{ Name: 'JENKINS_URL', Value: `https://${HOST}` }]), 'UNKNOWN'],
  ['an agent elsewhere', instance('puppet agent --server puppet.example.org'), 'DENIED'],
  ['an agent that sends logs', instance(`grafana-agent --server.url=https://${HOST}/logs`), 'DENIED'],
  ['an app', container('acme/shop', [{ Name: 'API_URL', Value: `https://${HOST}` }]), 'DENIED'],
])('the server of %s outside of the cluster decides what has its role, or not', (_, resources, outcome) => {
  expect([SERVER, []].map((served) => decide(resources, [], served))).toEqual([outcome, 'DENIED']);
});
