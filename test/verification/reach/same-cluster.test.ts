import { verification } from '../../../lib';
import { writeAssembly } from '../assemblies';
import { account, accountRole, allow, association, clusterTemplate, objects, podIdentityTrust, role } from '../templates';

const { PodAccess } = verification;
const LIST = 'sqs:ListQueues';
const HERE = 'aws://111111111111/eu-west-1';
const ELSEWHERE = 'aws://111111111111/us-west-2';
const ANYWHERE = 'aws://unknown-account/unknown-region';

const NODES = 'ecr:GetAuthorizationToken';
const nodes = (ClusterName: string) => ({
  Resources: {
    Role: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, allow(NODES)),
    Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName, NodeRole: { 'Fn::GetAtt': ['Role', 'Arn'] }, AmiType: 'AL2_x86_64' } },
  },
});
const reading = (stacks: Parameters<typeof writeAssembly>[0]) => PodAccess.fromAssembly(writeAssembly(stacks));
const { stack: cluster } = clusterTemplate({ Role: accountRole('default:app', allow(LIST)), Objects: objects(account('app', 'Role')) });

describe('a nodegroup in another stack, which names its cluster', () => {
  const decide = (environment: string) => reading({ Cluster: { environment: HERE, template: cluster }, Nodes: { environment, template: nodes('prod') } })
    .pod({ serviceAccountName: 'app', cluster: 'Cluster.template.json/Cluster' }).decide(NODES);

  test('is of the cluster in its account and Region', () => {
    expect(decide(HERE).outcome).toBe('ALLOWED');
  });

  test('is not of a cluster of that name in another Region', () => {
    expect(decide(ELSEWHERE).outcome).toBe('DENIED');
  });

  test('may be of a cluster of that name if only the deployment knows its account and Region', () => {
    const { outcome, missing } = decide(ANYWHERE);
    expect([outcome, missing]).toEqual(['UNKNOWN', ['whether nodegroup Nodes belongs to cluster prod']]);
  });

  test('is of it if you tell them', () => {
    const access = reading({ Cluster: { environment: HERE, template: cluster }, Nodes: { environment: ANYWHERE, template: nodes('prod') } });
    expect(access.assume({ parameters: { 'AWS::AccountId': '111111111111', 'AWS::Region': 'eu-west-1' } }).pod({ serviceAccountName: 'app' }).decide(NODES).outcome).toBe('ALLOWED');
  });
});

describe('a service account in another stack, whose account and Region only the deployment knows', () => {
  const manifest = JSON.stringify([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'app', namespace: 'default' } }]);
  const other = { Resources: { Objects: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: 'prod', Manifest: manifest } } } };
  const access = reading({ Cluster: { environment: HERE, template: cluster }, Objects: { environment: ANYWHERE, template: other } })
    .assume({ noOtherNodes: true });
  const UNKNOWN_ARN = 'arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/prod';

  test('may be in the cluster of that name, and have the role that trusts it', () => {
    const pod = access.pod({ serviceAccountName: 'app', cluster: UNKNOWN_ARN });
    expect(pod.decide(LIST).outcome).toBe('UNKNOWN');
    expect(pod.decide('s3:ListAllMyBuckets').outcome).toBe('DENIED');
  });

  test('is listed with a cluster of its own', () => {
    expect(access.principals.map(({ row }) => `${row.cluster} ${row.kind} ${row.name}`)).toEqual([
      'Cluster.template.json/Cluster ServiceAccount app', `${UNKNOWN_ARN} ServiceAccount app`, 'Cluster.template.json/Cluster Nodegroup nodes',
    ]);
    expect(() => access.pod({ serviceAccountName: 'app' })).toThrow(`pass one of them as the option cluster: Cluster.template.json/Cluster, ${UNKNOWN_ARN}`);
  });
});

test('two versions of a template create one cluster', () => {
  const access = PodAccess.fromTemplates({ before: cluster, after: cluster }).assume({ noOtherNodes: true });
  expect(access.principals.filter(({ row }) => row.kind === 'ServiceAccount').map(({ row }) => `${row.cluster} ${row.name}`)).toEqual(['prod app']);
  expect(access.pod({ serviceAccountName: 'app' }).row.cluster).toBe('prod');
});

test('two clusters without a name, with one logical ID, can be asked about', () => {
  const template = (action: string) => clusterTemplate({ Cluster: { Type: 'AWS::EKS::Cluster' }, Role: accountRole('default:app', allow(action)), Objects: objects(account('app', 'Role')) }).stack;
  const access = PodAccess.fromTemplates({ one: template(LIST), two: template('s3:ListAllMyBuckets') });
  const pod = (name: string) => access.pod({ serviceAccountName: 'app', cluster: name });
  pod('one/Cluster').assertAllowed(LIST);
  pod('one/Cluster').assertDenied('s3:ListAllMyBuckets');
  pod('two/Cluster').assertAllowed('s3:ListAllMyBuckets');
  pod('two/Cluster').assertDenied(LIST);
  expect(() => pod('Cluster')).toThrow('Cluster names several clusters: pass one of them as the option cluster: one/Cluster, two/Cluster');
  expect(access.principals.map(({ row }) => row.cluster)).toEqual(['one/Cluster', 'two/Cluster', 'one/Cluster', 'two/Cluster']);
});

describe('clusters of one name in two Regions, which no template creates', () => {
  const template = (action: string) => ({
    Resources: {
      Role: role(podIdentityTrust(), allow(action)),
      Association: { ...association('app', 'Role'), Properties: { ...association('app', 'Role').Properties, ClusterName: 'prod' } },
    },
  });
  const stacks = (environments: string[]) => Object.fromEntries(environments.map((environment, i) => [`Stack${i}`, { environment, template: template(i === 0 ? LIST : 's3:ListAllMyBuckets') }]));

  test('can be named by their ARNs', () => {
    const access = reading(stacks([HERE, ELSEWHERE])).assume({ noOtherNodes: true });
    const pod = access.pod({ serviceAccountName: 'app', cluster: 'arn:aws:eks:us-west-2:111111111111:cluster/prod' });
    pod.assertAllowed('s3:ListAllMyBuckets');
    pod.assertDenied(LIST);
    expect(access.principals.map(({ row }) => row.cluster)).toEqual([HERE, ELSEWHERE].map((environment) => `arn:aws:eks:${environment.split('/')[3]}:111111111111:cluster/prod`));
  });

  test('can be named by a resource that names them if nothing else tells them apart', () => {
    const access = reading(stacks([ANYWHERE, 'aws://unknown-account/us-west-2'])).assume({ noOtherNodes: true });
    expect(() => access.pod({ serviceAccountName: 'app' })).toThrow('pass one of them as the option cluster: ');
    expect(access.pod({ serviceAccountName: 'app', cluster: 'Stack1.template.json/Association' }).decide('s3:ListAllMyBuckets').outcome).toBe('ALLOWED');
  });
});
