import { ALLOWED, decide, DENIED, Question, reader, shown } from './questions';
import { accountRole, allow, arnOf, job, objects } from '../../templates';

/** A job, and the role of another service account. */
const withWork = (spec: object) => ({
  ...reader([allow('sns:ListTopics')]), Other: accountRole('default:other', allow('s3:ListAllMyBuckets')), Work: objects(job('work', 'app', spec)),
});
const ask = (spec: object, action: string, more: Partial<Question> = {}) => decide(withWork(spec), { action, workload: { kind: 'Job', name: 'work' }, ...more });

const OF_NODE = 'sqs:ListQueues';
const OF_OTHERS = 's3:ListAllMyBuckets';

const container = (securityContext: object, list = 'containers') => ({ [list]: [{ name: 'first' }, { name: 'main', securityContext }] });
const capability = (...add: string[]) => container({ capabilities: { add } });

describe.each<[string, object, string]>([
  ['a privileged container', container({ privileged: true }), 'a privileged container'],
  ['a privileged init container', container({ privileged: true }, 'initContainers'), 'a privileged container'],
  ['a privileged ephemeral container', container({ privileged: true }, 'ephemeralContainers'), 'a privileged container'],
  ['the processes of their node', { hostPID: true, containers: [{ name: 'main' }] }, 'hostPID'],
  ['a HostProcess container', container({ windowsOptions: { hostProcess: true } }), 'windowsOptions.hostProcess'],
  ['only HostProcess containers', { securityContext: { windowsOptions: { hostProcess: true } }, containers: [{ name: 'main' }] }, 'windowsOptions.hostProcess'],
  ...['SYS_ADMIN', 'SYS_PTRACE', 'SYS_MODULE', 'SYS_RAWIO', 'DAC_READ_SEARCH', 'BPF', 'PERFMON', 'ALL', 'CAP_SYS_ADMIN', 'sys_admin']
    .map((name): [string, object, string] => [`the capability ${name}`, capability('NET_ADMIN', name), `the capability ${name}`]),
])('pods with %s', (_, spec, what) => {
  test('may get the credentials of their node', () => {
    const decision = ask(spec, OF_NODE, { noOtherCredentials: true });
    expect(shown(decision)).toBe('UNKNOWN, by default DENIED');
    expect(`${decision}`).toContain(`those of Job default/work have ${what}, with which they may take over their node`);
  });

  test('may get the credentials of other pods', () => {
    const decision = ask(spec, OF_OTHERS);
    expect(shown(decision)).toBe('UNKNOWN, by default DENIED');
    expect(`${decision}`).toContain(`Job default/work has ${what}, and so its containers can get credentials of others on the node`);
  });

  test('are allowed what their own role is', () => {
    expect(shown(ask(spec, 'sns:ListTopics'))).toBe(ALLOWED);
  });
});

test.each([
  ['without any of these', { containers: [{ name: 'main' }] }],
  ['that are not privileged', { hostPID: false, ...container({ privileged: false, windowsOptions: { hostProcess: false } }) }],
  ['with other capabilities', capability('NET_ADMIN', 'NET_BIND_SERVICE', 'CAP_CHOWN')],
  ['that drop capabilities', container({ capabilities: { drop: ['ALL'] } })],
])('pods %s get neither', (_, spec) => {
  expect([OF_NODE, OF_OTHERS].map((action) => ask(spec, action).outcome)).toEqual([DENIED, DENIED]);
});

test('pods on Fargate share no node', () => {
  const Profile = { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: 'arn:aws:iam::111122223333:role/pods', Selectors: [{ Namespace: 'default' }] } };
  const { Work, ...others } = withWork(capability('SYS_PTRACE'));
  expect(decide({ ...others, Profile, Work: { ...Work, DependsOn: 'Profile' } }, { action: OF_OTHERS, workload: { kind: 'Job', name: 'work' } }).outcome).toBe(DENIED);
});

test('privileged pods may get the credentials of nodes that have no instance metadata', () => {
  const resources = {
    ...withWork(container({ privileged: true })),
    Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpEndpoint: 'disabled' } } } },
    Nodes: {
      Type: 'AWS::EKS::Nodegroup',
      Properties: {
        ClusterName: { Ref: 'Cluster' }, NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] }, LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
      },
    },
  };
  expect(decide(resources, { action: OF_NODE, workload: { kind: 'Job', name: 'work' }, noOtherCredentials: true }).outcome).toBe('UNKNOWN');
});

describe('pods with the network of their node', () => {
  const CLOSED = {
    Closed: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpEndpoint: 'disabled' } } } },
    Nodes: {
      Type: 'AWS::EKS::Nodegroup',
      Properties: {
        ClusterName: { Ref: 'Cluster' },
        NodegroupName: 'nodes',
        NodeRole: arnOf('NodeRole'),
        AmiType: 'AL2023_x86_64_STANDARD',
        LaunchTemplate: { Id: { Ref: 'Closed' }, Version: { 'Fn::GetAtt': ['Closed', 'LatestVersionNumber'] } },
      },
    },
  };
  const onNetwork = (...containers: object[]) =>
    decide({ ...withWork({ hostNetwork: true, containers }), ...CLOSED }, { action: OF_OTHERS, workload: { kind: 'Job', name: 'work' } });
  const dropping = (drop: string[], add: unknown[] = []) => ({ name: 'main', securityContext: { capabilities: { drop, add } } });

  test.each<[string, object[]]>([
    ['with the default capabilities', [{ name: 'main' }]],
    ['of which one container drops none', [dropping(['ALL']), { name: 'second' }]],
    ['that drop all capabilities and add this one', [dropping(['ALL'], ['NET_RAW'])]],
    ['that drop all capabilities and add this one with its prefix', [dropping(['ALL'], ['cap_net_raw'])]],
    ['that drop all capabilities and add one with which they redirect requests', [dropping(['ALL'], ['NET_ADMIN'])]],
  ])('%s may read the credentials of other pods there, also without instance metadata', (_, containers) => {
    expect(`${onNetwork(...containers)}`).toContain('Job default/work can read the network of its node, and so its containers can get credentials of others on the node');
  });

  test.each([['ALL'], ['NET_RAW'], ['net_raw']])('that drop the capability %s may not', (name) => expect(shown(onNetwork(dropping([name])))).toBe(DENIED));
});
