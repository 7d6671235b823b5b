import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boundToCluster, clusterWithNodes, groupOf, podState, readyNodes, sleeping } from './nodegroup-stacks';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { until } from './waiting';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';


const NAME = 'cluster-autoscaler';
const ACCOUNT = { name: NAME, namespace: 'kube-system' };
const READS = ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeScalingActivities', 'ec2:DescribeInstanceTypes', 'eks:DescribeNodegroup'];
const ISSUER = { 'Fn::Select': [1, { 'Fn::Split': ['//', { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }] }] };

/** The OIDC provider of the cluster, and a role for Cluster Autoscaler that can scale the groups of the cluster `allowed`. */
function resources(cluster: string, allowed: string): object {
  const trust = {
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/${Issuer}' },
      Condition: { StringEquals: { '${Issuer}:sub': `system:serviceaccount:kube-system:${NAME}`, '${Issuer}:aud': 'sts.amazonaws.com' } },
    }],
  };
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: READS, Resource: '*' }, boundToCluster('aws:ResourceTag', allowed)] };
  return {
    Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }, ClientIdList: ['sts.amazonaws.com'] } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: `${cluster}-autoscaler`,
        AssumeRolePolicyDocument: { 'Fn::Sub': [JSON.stringify(trust), { Issuer: ISSUER }] },
        Policies: [{ PolicyName: 'scaling', PolicyDocument: policy }],
      },
    },
  };
}

const rbac = (kind: string, more: object) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: NAME }, ...more });

/** More than Cluster Autoscaler needs: this is not what the tests are about. */
const RULES = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['', 'events.k8s.io', 'coordination.k8s.io'], resources: ['configmaps', 'events', 'leases'], verbs: ['create', 'update', 'patch', 'delete'] },
];

/** A Deployment of Cluster Autoscaler as its guide for AWS has it. */
const deployment = (cluster: string, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: ACCOUNT,
  spec: {
    selector: { matchLabels: { app: NAME } },
    template: {
      metadata: { labels: { app: NAME } },
      spec: {
        serviceAccountName: NAME,
        containers: [{
          name: NAME,
          image: 'registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.1',
          command: ['./cluster-autoscaler', '--v=4', '--cloud-provider=aws', `--node-group-auto-discovery=asg:tag=eks:cluster-name=${cluster}`, '--scan-interval=1s'],
          env: [{ name: 'AWS_REGION', value: 'us-west-2' }],
        }],
        ...spec,
      },
    },
  },
});

/** Deploys a cluster with one node and Cluster Autoscaler, whose role can scale the groups of the cluster `allowed`. */
async function clusterWithAutoscaler(aws: LocalAws, name: string, { allowed = name, spec = {} } = {}): Promise<TestCluster> {
  const cluster = await clusterWithNodes(aws, name, { ScalingConfig: { MinSize: 1, DesiredSize: 1, MaxSize: 2 }, InstanceTypes: ['t3.medium'] }, resources(name, allowed));
  await cluster.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { ...ACCOUNT, annotations: { 'eks.amazonaws.com/role-arn': arnOf(`${name}-autoscaler`) } } });
  await cluster.create(rbac('ClusterRole', { rules: RULES }));
  await cluster.create(rbac('ClusterRoleBinding', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: NAME }, subjects: [{ kind: 'ServiceAccount', ...ACCOUNT }] }));
  await cluster.create(deployment(name, spec));
  return cluster;
}

/** Waits until the log of the first pod of Cluster Autoscaler contains a text, and returns the log. */
async function logOf(cluster: TestCluster, expected: string): Promise<string> {
  return until(async () => {
    const { items: [pod] } = await cluster.ask('GET', `/api/v1/namespaces/kube-system/pods?labelSelector=app=${NAME}`);
    return pod ? String((await cluster.send('GET', `/api/v1/namespaces/kube-system/pods/${pod.metadata.name}/log`)).body) : '';
  }, (log) => log.includes(expected));
}

/** The real program, if there is one on this machine. */
const REAL = process.env.CLUSTER_AUTOSCALER;

describe(REAL ? 'the real Cluster Autoscaler' : 'the stand-in for Cluster Autoscaler', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws?.stop());

  test('adds a node for a pod that does not fit, and the pod runs', async () => {
    const cluster = await clusterWithAutoscaler(aws, 'grows');
    await logOf(cluster, REAL ? `runs ${REAL}, the program in CLUSTER_AUTOSCALER` : 'runs a stand-in, because CLUSTER_AUTOSCALER is not set');
    for (const name of ['first', 'second']) {
      await cluster.create(sleeping(name, '1500m'));
    }
    for (const name of ['first', 'second']) {
      await until(() => podState(cluster, name), ({ phase }) => phase === 'Running');
    }
    expect(await readyNodes(cluster)).toHaveLength(2);
    expect((await groupOf(aws, 'grows')).DesiredCapacity).toBe(2);
  });

  test('adds no node if its role is for another cluster', async () => {
    const cluster = await clusterWithAutoscaler(aws, 'refused', { allowed: 'grows' });
    await cluster.create(sleeping('first', '1500m'));
    await cluster.create(sleeping('second', '1500m'));
    expect(await logOf(cluster, 'AccessDenied')).toContain('SetDesiredCapacity');
    expect((await groupOf(aws, 'refused')).DesiredCapacity).toBe(1);
  });

  test('says how to get a token for the Kubernetes API if the pod has none', async () => {
    const cluster = await clusterWithAutoscaler(aws, 'tokenless', { spec: { automountServiceAccountToken: false } });
    await logOf(cluster, 'the pod has no token for the Kubernetes API; set automountServiceAccountToken to true');
  });
});

describe('a program in CLUSTER_AUTOSCALER', () => {
  let aws: LocalAws;
  const folder = mkdtempSync(join(tmpdir(), 'cluster-autoscaler-'));
  const program = join(folder, 'program');
  beforeAll(async () => {
    // shows what the program gets
    writeFileSync(program, ['#!/bin/sh', 'printf "argument %s\\n" "$@"', 'for argument; do case "$argument" in --cloud-config=*|--kubeconfig=*) cat "${argument#*=}"; echo ;; esac; done',
      'echo "role $AWS_ROLE_ARN at $AWS_ENDPOINT_URL"', 'echo end; sleep 600', ''].join('\n'));
    chmodSync(program, 0o755);
    process.env.CLUSTER_AUTOSCALER = program;
    aws = await startLocalAws();
  });
  afterAll(async () => {
    Object.assign(process.env, { CLUSTER_AUTOSCALER: REAL ?? '' });
    await aws?.stop();
    rmSync(folder, { recursive: true });
  });

  test('runs, with the addresses of the local AWS and of the cluster', async () => {
    const cluster = await clusterWithAutoscaler(aws, 'real');
    const log = await logOf(cluster, '\nend\n');
    expect(log).toContain(`runs ${program}, the program in CLUSTER_AUTOSCALER`);
    expect(log).toContain('argument --node-group-auto-discovery=asg:tag=eks:cluster-name=real\n');
    expect(log).toContain(`[serviceoverride "1"]\nservice=autoscaling\nregion=us-west-2\nurl=${aws.endpoint}\nsigningregion=us-west-2\nsigningname=autoscaling\n`);
    expect(log).toContain(`"server": "${cluster.access.endpoint}"`);
    expect(log).toContain(`role ${arnOf('real-autoscaler')} at ${aws.endpoint}\n`);
  });
});
