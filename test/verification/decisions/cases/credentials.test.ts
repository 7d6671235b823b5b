import { ASKED, Kind, KINDS } from './credential-kinds';
import { accessTo } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, job, objects, role } from '../../templates';

/** Where a credential is, and who gets it there: statements of the role of a pod, objects that the pod may use, or a request with which it reads the place. */
interface Holder {
  readonly resources: (kind: Kind) => object;
  /** The requests with each of which the pod gets it. */
  readonly requests?: string[];
  /** The objects with which the pod gets it. */
  readonly objects?: (kind: Kind) => object[];
  /** Whether only its name tells what it has. */
  readonly isByName?: true;
}

const named = (name: string) => name.toLowerCase().replace(/_/g, '-');
const ADMITS = (service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${service}.amazonaws.com` } });
const secretArn = ({ stored }: Kind) => `arn:aws:secretsmanager:us-west-2:111122223333:secret:${stored}-abcdef`;
const plain = ({ stored }: Kind) => `{{resolve:secretsmanager:${stored}:SecretString:password}}`;
/** A resource that runs with a role which may read the secret. */
const running = (service: string, It: object) => ({ Runner: role(ADMITS(service), allow(['secretsmanager:GetSecretValue', 'logs:PutLogEvents'])), It });
const task = (container: object) => running('ecs-tasks', {
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { TaskRoleArn: arnOf('Runner'), ContainerDefinitions: [{ Image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/it:1', ...container }] },
});
const build = (Environment: object, Source: object = { Type: 'NO_SOURCE', BuildSpec: 'version: 0.2' }) =>
  running('codebuild', { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Runner'), Source, Environment: { Image: 'it', ...Environment } } });
const namespaceOf = (serviceAccountName: string) => (serviceAccountName === 'other' ? 'other' : 'default');
const external = ({ name, stored }: Kind, namespace = 'ops') => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'it', namespace }, spec: { target: { name: 'it' }, data: [{ secretKey: name, remoteRef: { key: stored } }] },
});
const workload = ({ name }: Kind, serviceAccountName = 'it', namespace = 'ops') => ({
  ...job('it', serviceAccountName, { containers: [{ name: 'it', image: 'it@sha256:' + '0'.repeat(64), env: [{ name, valueFrom: { secretKeyRef: { name: 'it', key: name } } }] }] }),
  metadata: { name: 'it', namespace },
});
const container = (more: object) => ({ name: 'it', image: 'it@sha256:' + '0'.repeat(64), ...more });
const ofSecret = (name: string, key: string) => ({ valueFrom: { secretKeyRef: { name, key } } });
const mounting = (source: object, mount: object = {}, name = 'files') =>
  ({ containers: [container({ volumeMounts: [{ name, mountPath: '/x', ...mount }] })], volumes: [{ name, ...source }] });
const ofClass = (secretProviderClass: string) => ({ csi: { driver: 'secrets-store.csi.k8s.io', volumeAttributes: { secretProviderClass } } });
const S = { secret: { secretName: 's' } };
const READ_SECRETS = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };
/** A workload of which only the name of a variable tells what is in a Secret. */
const neutral = ({ name }: Kind) => mountingWorkload({ containers: [container({ env: [{ name, ...ofSecret('s', 'k') }] })] });
const mountingWorkload = (spec: object) => ({ ...job('it', 'it', spec), metadata: { name: 'it', namespace: 'ops' } });
const inCluster = (...made: Array<(kind: Kind) => object>) => (kind: Kind) => ({ Synced: objects(...made.map((make) => make(kind))) });
const RBAC = 'rbac.authorization.k8s.io';
const bound = (...rules: object[]) => () => [
  { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name: 'it', namespace: 'ops' }, rules },
  {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'it', namespace: 'ops' },
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'it' },
    subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }],
  },
];
const ADMIN = {
  apiVersion: `${RBAC}/v1`,
  kind: 'ClusterRoleBinding',
  metadata: { name: 'it' },
  roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }],
};
const VELERO = () => ({ apiVersion: 'velero.io/v1', kind: 'BackupStorageLocation', metadata: { name: 'it', namespace: 'velero' }, spec: { objectStorage: { bucket: 'backups' } } });

const HOLDERS: { readonly [place: string]: Holder } = {
  'a secret from which a controller fills one': { resources: inCluster(external), requests: ['secretsmanager:GetSecretValue'] },
  'the variable of a task by a secret': {
    resources: (kind) => task({ Secrets: [{ Name: kind.name, ValueFrom: `${secretArn(kind)}:password::` }] }), requests: ['ecr:PutImage', 'ecs:RunTask'],
  },
  'the variable of a task': {
    resources: (kind) => task({ Environment: [{ Name: kind.name, Value: plain(kind) }] }), requests: ['ecs:DescribeTaskDefinition', 'ecs:DeregisterTaskDefinition', 'ecr:PutImage'],
  },
  'the variable of a job': {
    resources: (kind) => running('ecs-tasks', {
      Type: 'AWS::Batch::JobDefinition', Properties: { ContainerProperties: { JobRoleArn: arnOf('Runner'), Image: 'it', Environment: [{ Name: kind.name, Value: plain(kind) }] } },
    }),
    requests: ['batch:DescribeJobDefinitions', 'batch:SubmitJob'],
  },
  'the variable of a build by a secret': {
    resources: (kind) => build({ EnvironmentVariables: [{ Name: kind.name, Type: 'SECRETS_MANAGER', Value: `${kind.stored}:password` }] }), requests: ['codebuild:StartBuild'],
  },
  'the variable of a build': {
    resources: (kind) => build({ EnvironmentVariables: [{ Name: kind.name, Value: plain(kind) }] }),
    requests: ['codebuild:BatchGetProjects', 'codebuild:StopBuild', 'codebuild:RetryBuild', 'codebuild:StartBuild', 'cloudformation:DescribeStackEvents'],
  },
  'the specification of a build': {
    resources: (kind) => build({}, { Type: 'NO_SOURCE', BuildSpec: JSON.stringify({ version: 0.2, env: { 'secrets-manager': { [kind.name]: `${kind.stored}:password` } } }) }),
    requests: ['codebuild:StartBuild'],
  },
  'the variable of a function': {
    resources: (kind) => running('lambda', { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Runner'), Environment: { Variables: { [kind.name]: plain(kind) } } } }),
    requests: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionCode', 'config:GetResourceConfigHistory'],
  },
  'the variable of a service': {
    resources: (kind) => running('tasks.apprunner', {
      Type: 'AWS::AppRunner::Service',
      Properties: {
        InstanceConfiguration: { InstanceRoleArn: arnOf('Runner') },
        SourceConfiguration: { ImageRepository: { ImageIdentifier: 'it', ImageConfiguration: { RuntimeEnvironmentVariables: [{ Name: kind.name, Value: plain(kind) }] } } },
      },
    }),
    requests: ['apprunner:DescribeService', 'apprunner:PauseService'],
  },
  'an option of an environment': {
    resources: (kind) => ({
      It: {
        Type: 'AWS::ElasticBeanstalk::Environment',
        Properties: { OptionSettings: [{ Namespace: 'aws:elasticbeanstalk:application:environment', OptionName: kind.name, Value: plain(kind) }] },
      },
    }),
    requests: ['elasticbeanstalk:DescribeConfigurationSettings'],
  },
  'the definition of a state machine': {
    resources: (kind) => running('states', {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { RoleArn: arnOf('Runner'), DefinitionString: JSON.stringify({ States: { A: { Type: 'Pass', Result: { [kind.name]: plain(kind) } } } }) },
    }),
    requests: ['states:DescribeStateMachine'],
  },
  'the user data of an instance': {
    resources: (kind) => ({
      Runner: role(ADMITS('ec2')),
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Runner' }] } },
      It: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': `#!/bin/sh\nexport ${kind.name}=${plain(kind)}\n` } } },
    }),
    requests: ['ec2:DescribeInstanceAttribute', 'ssm:SendCommand'],
  },
  'a secret that is called so': {
    resources: ({ name }) => ({ It: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: `ops/${named(name)}` } } }), requests: ['secretsmanager:GetSecretValue'], isByName: true,
  },
  'a parameter that is called so': {
    resources: ({ name }) => ({ It: { Type: 'AWS::SSM::Parameter', Properties: { Name: `/ops/${name}`, Type: 'String', Value: '{{resolve:ssm:/x}}' } } }), requests: ['ssm:GetParameter'], isByName: true,
  },
  'a Secret of the pod': { resources: () => ({}), objects: (kind) => [external(kind, 'default'), workload(kind, 'app', 'default')] },
  'a Secret that a Role lets the pod read': { resources: inCluster(external), objects: bound(READ_SECRETS) },
  'a Secret that only a variable names, and that a Role lets the pod read': { resources: inCluster(neutral), objects: bound(READ_SECRETS), isByName: true },
  'a Secret that only a volume names, and that a Role lets the pod read': {
    resources: inCluster(({ name }) => mountingWorkload(mounting({ secret: { secretName: 's', items: [{ key: name, path: 'x' }] } }))), objects: bound(READ_SECRETS), isByName: true,
  },
  'a namespace in which the pod creates pods': { resources: inCluster(external), objects: bound({ apiGroups: [''], resources: ['pods'], verbs: ['create'] }) },
  'a workload in which the pod runs commands': { resources: inCluster(external, workload), objects: bound({ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }) },
  'a cluster in which the pod may do anything': { resources: inCluster(external), objects: () => [ADMIN] },
  'the backups of a cluster': { resources: inCluster(external, VELERO), requests: ['s3:GetObject'] },
};

const PAIRS = Object.entries(HOLDERS).flatMap(([place, holder]) => Object.entries(KINDS).filter(([, { toldBy }]) => !(holder.isByName && toldBy === 'value'))
  .map(([kind, how]) => [kind, place, how, holder] as const));

/** One account for each request, another one for what the objects allow, and one that may do nothing of the kind. */
test.each(PAIRS)('%s counts in %s', (_, __, kind, { resources, requests = [], objects: documents }) => {
  const names = [...requests, ...(documents ? ['app'] : []), 'other'];
  const accounts = names.map((name, i) => ({ name, account: requests.includes(name) ? `reader-${i}` : name }));
  const roles = accounts.map(({ name, account: own }, i) =>
    [`Reader${i}`, accountRole(`${namespaceOf(own)}:${own}`, allow(requests.includes(name) ? name : 'sqs:ListQueues'))]);
  const Accounts = objects(...accounts.map(({ account: own }, i) => account(own, `Reader${i}`, namespaceOf(own))), ...documents?.(kind) ?? []);
  const access = accessTo(clusterTemplate({ ...kind.resources, ...resources(kind), ...Object.fromEntries(roles), Accounts }));
  const podOf = (serviceAccountName: string) => access.pod({ serviceAccountName, namespace: namespaceOf(serviceAccountName) });
  const outcomes = accounts.map(({ name, account: own }) => [name, podOf(own).decide(ASKED).outcome]);
  expect(outcomes).toEqual(accounts.map(({ name }) => [name, name === 'other' ? 'DENIED' : 'UNKNOWN']));
});

/** How the pod has something of a Secret that no template shows, so that only names tell what it is. */
const HAVING: { readonly [how: string]: (name: string) => object } = {
  'the name of a variable': (name) => ({ containers: [container({ env: [{ name, ...ofSecret('s', 'k') }] })] }),
  'the name of a variable of an init container': (name) => ({ containers: [container({})], initContainers: [container({ env: [{ name, ...ofSecret('s', 'k') }] })] }),
  'the key of a variable': (name) => ({ containers: [container({ env: [{ name: 'X', ...ofSecret('s', name) }] })] }),
  'the Secret of a variable': (name) => ({ containers: [container({ env: [{ name: 'X', ...ofSecret(named(name), 'k') }] })] }),
  'the Secret of all variables': (name) => ({ containers: [container({ envFrom: [{ secretRef: { name: named(name) } }] })] }),
  'the Secret of a volume': (name) => mounting({ secret: { secretName: named(name) } }),
  'the key of a volume': (name) => mounting({ secret: { secretName: 's', items: [{ key: name, path: 't' }] } }),
  'the file of a volume': (name) => mounting({ secret: { secretName: 's', items: [{ key: 'k', path: `a/${name}` }] } }),
  'the folder of a volume': (name) => mounting(S, { mountPath: `/x/${name.toLowerCase()}` }),
  'the path in a volume': (name) => mounting(S, { mountPath: '/x/y', subPath: name }),
  'the name of a volume': (name) => mounting(S, {}, named(name)),
  'the Secret of a volume of several': (name) => mounting({ projected: { sources: [{ secret: { name: named(name) } }] } }),
  'the key of a volume of several': (name) => mounting({ projected: { sources: [{ secret: { name: 's', items: [{ key: name, path: 't' }] } }] } }),
  'the class of a volume of a store': (name) => mounting(ofClass(named(name))),
  'the path in a volume of a store': (name) => mounting(ofClass('s'), { mountPath: '/x/y', subPath: name }),
};
const NAMED = Object.entries(KINDS).filter(([, { toldBy }]) => toldBy === undefined)
  .flatMap(([kind, how]) => Object.entries(HAVING).map(([place, having]) => [kind, place, how, having] as const));

test.each(NAMED)('%s counts if %s tells', (_, __, { name, resources }, having) => {
  const Role = accountRole('default:app', allow('sqs:ListQueues'));
  const outcomeOf = (spec: object) => accessTo(clusterTemplate({ ...resources, Role, Objects: objects(account('app', 'Role'), job('app', 'app', spec)) }))
    .assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(ASKED).outcome;
  expect([having(name), having('SLACK_WEBHOOK')].map(outcomeOf)).toEqual(['UNKNOWN', having === HAVING['the Secret of all variables'] ? 'UNKNOWN' : 'DENIED']);
});

test.each<[string, string, object]>([
  ['a kubeconfig', 'a variable has the path of one', running('lambda', {
    Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Runner'), Environment: { Variables: { KUBECONFIG: '/tmp/kubeconfig' } } },
  })],
  ['a kubeconfig', 'a workload has the path of one', {
    Ops: objects({ ...job('ops', 'reader', { containers: [{ name: 'it', image: 'it@sha256:' + '0'.repeat(64), env: [{ name: 'KUBECONFIG', value: '/tmp/kubeconfig' }] }] }) }),
  }],
  ['a certificate', 'a listener has the ARN of one', {
    Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { Certificates: [{ CertificateArn: '{{resolve:ssm:/web/listener}}' }] } },
  }],
  ['a token of a Git provider', 'a variable has the name of a secret with one', running('lambda', {
    Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Runner'), Environment: { Variables: { GITHUB_TOKEN_SECRET_NAME: 'ops/it' } } },
  })],
])('%s does not count if %s', (kind, _, resources) => {
  const statements = allow(['lambda:GetFunctionConfiguration', 'elasticloadbalancing:DescribeListeners', 'cloudformation:DescribeStackEvents']);
  const own = { Reader: accountRole('default:reader', statements), Accounts: objects(account('reader', 'Reader')) };
  const access = accessTo(clusterTemplate({ ...KINDS[kind].resources, ...resources, ...own }));
  expect(access.pod({ serviceAccountName: 'reader' }).decide(ASKED).outcome).toBe('DENIED');
});
