import { admin, LIST, task, trusted } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const HOST = 'git.example.com';
const deployment = (name: string, namespace = 'default', serviceAccountName = name) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { serviceAccountName, containers: [{ name: 'it', image: 'busybox' }] } } },
});
const service = (metadata: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default', ...metadata }, spec: { selector: { app: 'app' }, ports: [{ port: 80 }] } });
const ingress = (host: string, name = 'web') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'it', namespace: 'default' },
  spec: { rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }] } }] },
});
const route = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'it', namespace: 'default' }, spec: { hostnames: [HOST], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } };
const accessTo = (resources: object, ...documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...resources,
  Own: accountRole('default:app', allow('sqs:ListQueues')),
  Applied: objects(account('app', 'Own'), deployment('app'), deployment('other'), ...documents),
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });
const decide = (...what: Parameters<typeof accessTo>) => accessTo(...what).pod({ serviceAccountName: 'app' }).decide(LIST);
const outcomes = (resources: object) => [ingress(HOST), ingress('www.example.com')].map((it) => decide(resources, service(), it).outcome);

const command = (script: string) => ({
  ...admin('ecs-tasks'),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: `app@sha256:${'a'.repeat(64)}`, Command: ['sh', '-c', script] }] } },
});
const build = (Source: object, Image = 'aws/codebuild/standard:7.0') =>
  ({ ...admin('codebuild'), It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), Source, Environment: { Image } } } });
const withProfile = (resources: object) => ({ ...admin('ec2'), Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } }, ...resources });
const instance = (script: string) => withProfile({
  It: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': `#!/bin/sh\n${script}\n` } } },
});
const associated = (script: string) =>
  ({ ...instance('true'), Association: { Type: 'AWS::SSM::Association', Properties: { Name: 'AWS-RunShellScript', Parameters: { commands: [script] } } } });
const component = (script: string) =>
  ({ ...instance('true'), Component: { Type: 'AWS::ImageBuilder::Component', Properties: { Data: `phases:\n- steps:\n  - action: ExecuteBash\n    inputs:\n      commands: ["${script}"]\n` } } });
const job = (Image: string) =>
  ({ ...admin('ecs-tasks'), It: { Type: 'AWS::Batch::JobDefinition', Properties: { Type: 'container', ContainerProperties: { JobRoleArn: arnOf('Admin'), Image } } } });
const withVariable = (Name: string, Command: string[], Value = `https://${HOST}/it`) => ({
  ...admin('ecs-tasks'),
  It: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: `app@sha256:${'a'.repeat(64)}`, Command, Environment: [{ Name, Value }] }] },
  },
});
const fn = (Variables: object) => ({ ...admin('lambda'), It: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin'), Environment: { Variables } } } });
const buildWith = (name: string, script: string) => ({
  ...admin('codebuild'),
  It: {
    Type: 'AWS::CodeBuild::Project',
    Properties: {
      ServiceRole: arnOf('Admin'),
      Source: { Type: 'NO_SOURCE', BuildSpec: JSON.stringify({ phases: { build: { commands: [script] } } }) },
      Environment: { Image: 'aws/codebuild/standard:7.0', EnvironmentVariables: [{ Name: name, Value: `https://${HOST}/it` }] },
    },
  },
});
const ENTERPRISE = { Type: 'GITHUB_ENTERPRISE', Location: `https://${HOST}/acme/app` };

test.each<[string, object]>([
  ['an image of a task', task(`${HOST}/app:1`)],
  ['an image of a job', job(`${HOST}/app:1`)],
  ['an image of a build', build({ Type: 'NO_SOURCE' }, `${HOST}/build:1`)],
  ['the command of a task', command(`curl -fsSL https://${HOST}/run.sh | sh`)],
  ['a program that a task downloads', command(`wget -O /usr/local/bin/it https://${HOST}/it && it`)],
  ['a program at another port', command(`curl -fsSL https://${HOST}:8443/run.sh | sh`)],
  ['a repository that a task clones', command(`git clone https://${HOST}/acme/app.git && app/run`)],
  ['packages of a task', withVariable('PIP_INDEX_URL', ['pip', 'install', 'it'])],
  ['packages of a build', buildWith('NPM_CONFIG_REGISTRY', 'npm ci')],
  ['a proxy of a task', withVariable('HTTP_PROXY', ['app'])],
  ['the services of AWS for a function', fn({ AWS_ENDPOINT_URL: `https://${HOST}` })],
  ['the objects of a task', withVariable('AWS_ENDPOINT_URL_S3', ['sh', '-c', 'aws s3 cp s3://code/run.sh . && sh run.sh'])],
  ['a script of a task by a variable', withVariable('BASE_URL', ['sh', '-c', 'curl $BASE_URL/run.sh | sh'])],
  ['a script of a build by a variable', buildWith('BASE_URL', 'curl "${BASE_URL}/run.sh" | sh')],
  ['the source of a build on GitHub Enterprise Server', build(ENTERPRISE)],
  ['the source of a build on a GitLab instance', build({ Type: 'GITLAB_SELF_MANAGED', Location: `https://${HOST}/acme/app.git` })],
  ['a script of a build', build({ Type: 'NO_SOURCE', BuildSpec: JSON.stringify({ phases: { build: { commands: [`curl -fsSL https://${HOST}/run.sh | sh`] } } }) })],
  ['user data', instance(`curl -fsSL https://${HOST}/run.sh | sh`)],
  ['a command of an association', associated(`curl -fsSL https://${HOST}/run.sh | sh`)],
  ['a component of an image', component(`curl -fsSL https://${HOST}/run.sh | sh`)],
])('who serves %s outside of the cluster decides what has its role', (_, resources) => {
  expect(outcomes(resources)).toEqual(['UNKNOWN', 'DENIED']);
});

test.each<[string, object]>([
  ['data of a task', command(`curl -s https://${HOST}/v1/items | jq .`)],
  ['a file of data', command(`curl -o items.json https://${HOST}/items.json`)],
  ['the health of an API', command(`curl -s -o /dev/null https://${HOST}/health && exec app`)],
  ['the API of a task', {
    ...admin('ecs-tasks'),
    It: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: `app@sha256:${'a'.repeat(64)}`, Environment: [{ Name: 'API_URL', Value: `https://${HOST}/api` }] }] },
    },
  }],
  ['the API of a function', fn({ API_URL: `https://${HOST}/api` })],
  ['data of a build by a variable', buildWith('BASE_URL', 'curl $BASE_URL/v1/items | jq .')],
  ['the objects that a task writes', withVariable('AWS_ENDPOINT_URL_S3', ['sh', '-c', 'aws s3 cp it.csv s3://data/it.csv'])],
  ['an image with a digest', task(`${HOST}/app@sha256:${'a'.repeat(64)}`)],
  ['user data of which nothing is known', withProfile({
    Data: { Type: 'AWS::SSM::Parameter', Properties: {} }, It: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' } } },
  })],
  ['nothing to an image that only the deployment knows', { ...task({ Ref: 'Data' }), Data: { Type: 'AWS::ECR::Repository', Properties: {} } }],
  ['an artifact of another host', command('curl -fsSL https://get.example.org/run.sh | sh')],
])('who serves %s decides nothing', (_, resources) => {
  expect(outcomes(resources)).toEqual(['DENIED', 'DENIED']);
});

test.each<[string, object[], string]>([
  ['an Ingress', [service(), ingress(HOST)], 'UNKNOWN'],
  ['an Ingress with a wildcard', [service(), ingress('*.example.com')], 'UNKNOWN'],
  ['an Ingress with another wildcard', [service(), ingress('*.example.org')], 'DENIED'],
  ['an Ingress to another Service', [service(), ingress(HOST, 'other')], 'DENIED'],
  ['an HTTPRoute', [service(), route], 'UNKNOWN'],
  ['an annotation for external-dns', [service({ annotations: { 'external-dns.alpha.kubernetes.io/hostname': HOST } })], 'UNKNOWN'],
  ['an annotation for another host', [service({ annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'www.example.com' } })], 'DENIED'],
  ['nothing', [service()], 'DENIED'],
])('pods are behind a host by %s, or not', (_, documents, outcome) => {
  expect(decide(task(`${HOST}/app:1`), ...documents).outcome).toBe(outcome);
});

const mayUpdate = (resource: string, apiGroup: string) => [
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'it', namespace: 'default' }, rules: [{ apiGroups: [apiGroup], resources: [resource], verbs: ['update'] }] },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'it', namespace: 'default' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'it' },
    subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }],
  },
];

test('accounts that may change a Service or an Ingress are behind its host, too', () => {
  const other = { ...service(), spec: { selector: { app: 'other' }, ports: [{ port: 80 }] } };
  const outcomeWith = (...documents: object[]) => decide(task(`${HOST}/app:1`), other, ingress(HOST), ...documents).outcome;
  expect(outcomeWith()).toBe('DENIED');
  expect(outcomeWith(...mayUpdate('services', ''))).toBe('UNKNOWN');
  expect(outcomeWith(...mayUpdate('ingresses', 'networking.k8s.io'))).toBe('UNKNOWN');
  expect(outcomeWith(...mayUpdate('configmaps', ''))).toBe('DENIED');
});

test('the reason names the host', () => {
  expect(decide(task(`${HOST}/app:1`), service(), ingress(HOST)).missing)
    .toEqual([`whether pods serve what others run at host ${HOST}`, `host ${HOST} may serve its code, and so might decide what It does with role Admin`]);
});

const chart = (properties: object) => ({
  Other: accountRole('ops:worker', allow(LIST)),
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ServiceToken: 'arn:aws:lambda:us-west-2:111122223333:function:kubectl', ClusterName: { Ref: 'Cluster' }, Release: 'it', ...properties } },
});
const WORKER = [account('worker', 'Other', 'ops'), deployment('worker', 'ops')];

test.each<[string, object, string]>([
  ['a repository of charts', { Chart: 'it', Repository: `https://${HOST}/charts` }, 'UNKNOWN'],
  ['a registry of charts', { Chart: 'it', Repository: `oci://${HOST}/charts` }, 'UNKNOWN'],
  ['a chart', { Chart: `https://${HOST}/charts/it-1.0.0.tgz` }, 'UNKNOWN'],
  ['a repository elsewhere', { Chart: 'it', Repository: 'https://charts.example.org' }, 'DENIED'],
])('who serves %s of aws-cdk decides what the next deployment applies', (_, properties, outcome) => {
  expect(decide(chart(properties), service(), ingress(HOST), ...WORKER).outcome).toBe(outcome);
});

const nodes = (UserData: string, AmiType: string) => [{
  Other: accountRole('ops:worker', allow(LIST)),
  NodeRole: role(trusted('ec2')),
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }, UserData: { 'Fn::Base64': UserData } } } },
  Nodes: {
    Type: 'AWS::EKS::Nodegroup',
    Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'it', NodeRole: arnOf('NodeRole'), AmiType, LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } },
  },
}, service(), ingress(HOST), account('worker', 'Other', 'ops'), deployment('worker', 'ops')] as const;

test.each<[string, string, string, string]>([
  ['a script', 'AL2023_x86_64_STANDARD', `#!/bin/sh\ncurl -fsSL https://${HOST}/run.sh | sh\n`, 'UNKNOWN'],
  ['a mirror of a registry', 'BOTTLEROCKET_x86_64', `[[settings.container-registry.mirrors]]\nregistry = "docker.io"\nendpoint = ["https://${HOST}"]\n`, 'UNKNOWN'],
  ['a proxy', 'BOTTLEROCKET_x86_64', `[settings.network]\nhttps-proxy = "https://${HOST}"\n`, 'DENIED'],
])('who serves what the user data of nodes names as %s decides what they run, or not', (_, image, data, outcome) => {
  expect(decide(...nodes(data, image)).outcome).toBe(outcome);
});

const OF_CHART = { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'it', Chart: 'it', Namespace: 'default' } };
const withValues = (Values: object, Namespace = 'default') => ({ Chart: { ...OF_CHART, Properties: { ...OF_CHART.Properties, Namespace, Values: JSON.stringify(Values) } } });
const argo = (helm: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'it', namespace: 'argocd' },
  spec: { source: { chart: 'it', helm }, destination: { namespace: 'default', server: 'https://kubernetes.default.svc' } },
});
const applied = (helm: object) => ({ More: objects(argo(helm)) });

test.each<[string, object, string]>([
  ['the host of an Ingress', withValues({ ingress: { enabled: true, hosts: [{ host: HOST, paths: [{ path: '/' }] }] } }), 'UNKNOWN'],
  ['a list of hosts', withValues({ server: { ingress: { hosts: [HOST] } } }), 'UNKNOWN'],
  ['the name of a host', withValues({ ingress: { hostname: HOST } }), 'UNKNOWN'],
  ['a map of hosts', withValues({ expose: { ingress: { hosts: { core: HOST } } } }), 'UNKNOWN'],
  ['hosts with certificates', withValues({ ingress: { tls: [{ secretName: 'it', hosts: [HOST] }] } }), 'UNKNOWN'],
  ['a route of the Gateway API', withValues({ route: { main: { hostnames: [HOST] } } }), 'UNKNOWN'],
  ['an annotation of external-dns', withValues({ service: { annotations: { 'external-dns.alpha.kubernetes.io/hostname': HOST } } }), 'UNKNOWN'],
  ['values of Argo CD', applied({ valuesObject: { ingress: { hostname: HOST } } }), 'UNKNOWN'],
  ['values of Argo CD as a text', applied({ values: `ingress:\n  hosts:\n    - host: ${HOST}\n` }), 'UNKNOWN'],
  ['a parameter of Argo CD', applied({ parameters: [{ name: 'ingress.hosts[0].host', value: HOST }] }), 'UNKNOWN'],
  ['an Ingress that is off', withValues({ ingress: { enabled: false, hostname: HOST } }), 'DENIED'],
  ['another host', withValues({ ingress: { hostname: 'www.example.com' } }), 'DENIED'],
  ['the host of something else', withValues({ database: { host: HOST } }), 'DENIED'],
  ['a host in another namespace', withValues({ ingress: { hostname: HOST } }, 'elsewhere'), 'DENIED'],
])('pods of a chart may serve what others run at a host that its values have: %s', (_, resources, outcome) => {
  expect(decide({ ...command(`curl -fsSL https://${HOST}/run.sh | sh`), ...resources }).outcome).toBe(outcome);
});
