import { setTimeout } from 'node:timers/promises';
import { assumeWithToken } from './attacks';
import { Outcome, verdict } from './outcome';
import { inWords } from './proof';
import { Templates } from './templates';
import { Failure } from '../local-aws/commands';
import { LocalAws } from '../local-aws/local-aws';
import { TestCluster } from '../local-aws/test-cluster';

export const CLUSTER = 'autoscaler-test';
const ACCOUNT = { namespace: 'kube-system', serviceAccountName: 'cluster-autoscaler' };
/** The time for a node to join, in milliseconds. */
const TIMEOUT = 120_000;
/** Three of these pods fit on the three nodes, which have 2 CPUs each. */
const PODS = ['fits-1', 'fits-2', 'fits-3', 'does-not-fit'];

interface Group {
  readonly AutoScalingGroupARN: string;
  readonly AutoScalingGroupName: string;
  readonly DesiredCapacity: number;
  readonly Instances: { readonly InstanceId: string }[];
  readonly Tags: { readonly Key: string; readonly Value: string }[];
}

/** An attempt as the role of Cluster Autoscaler. */
interface Attempt {
  readonly what: string;
  readonly action: string;
  readonly group: Group;
  readonly args: string[];
  readonly expected: 'allowed' | 'AccessDenied';
}

/** What Cluster Autoscaler does for pods that do not fit, and what an attacker in its pod would try. */
export async function replayClusterAutoscaler(aws: LocalAws, roleArn: string): Promise<Outcome[]> {
  return [await growth(aws), ...await attempts(aws, roleArn), await asAnotherAccount(aws, roleArn)];
}

async function growth(aws: LocalAws): Promise<Outcome> {
  const cluster = await aws.cluster(CLUSTER);
  await Promise.all(PODS.map((name) => cluster.create(pod(name))));
  const nodes = await nodesOfPods(cluster);
  const group = await groupOf(aws, CLUSTER);
  const got = nodes.size === PODS.length && group.DesiredCapacity === PODS.length ? 'on four nodes' : `on ${nodes.size} nodes`;
  return { who: 'four pods for three nodes', what: 'run', expected: 'on four nodes', got, proof: ofGrowth(group) };
}

/** The nodes of the cluster and its pods as a user would see them. */
export async function shownNodes(aws: LocalAws): Promise<string> {
  const cluster = await aws.cluster(CLUSTER);
  const { items } = await cluster.ask('GET', '/api/v1/namespaces/default/pods');
  const cells = items.map(({ metadata, status, spec }: any) => [metadata.name, status.phase, spec.nodeName ?? '']);
  const lines = cells.map(([name, phase, node]: string[]) => name.padEnd(14) + phase.padEnd(9) + node);
  return ['$ kubectl get pods -o wide', 'NAME          STATUS   NODE', ...lines.sort()].join('\n');
}

/** What Cluster Autoscaler has logged about the sizes of groups. */
export async function shownLog(aws: LocalAws): Promise<string> {
  const cluster = await aws.cluster(CLUSTER);
  const { items } = await cluster.ask('GET', '/api/v1/namespaces/kube-system/pods');
  const { metadata: { name } } = items.find(({ spec }: any) => spec.serviceAccountName === ACCOUNT.serviceAccountName);
  const log: string = await cluster.ask('GET', `/api/v1/namespaces/kube-system/pods/${name}/log`);
  return ['$ kubectl logs -n kube-system deployment/cluster-autoscaler', log.trim().split('\n').slice(0, 12).join('\n')].join('\n');
}

const pod = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'sleep', image: 'busybox', command: ['sleep', '3600'], resources: { requests: { cpu: '1200m' } } }] },
});

/** The nodes of the pods, as soon as all run. */
async function nodesOfPods(cluster: TestCluster): Promise<Set<string>> {
  const end = Date.now() + TIMEOUT;
  while (Date.now() < end) {
    const { items } = await cluster.ask('GET', '/api/v1/namespaces/default/pods');
    const running = items.filter(({ metadata, status }: any) => PODS.includes(metadata.name) && status.phase === 'Running');
    if (running.length === PODS.length) {
      return new Set(running.map(({ spec }: any) => spec.nodeName));
    }
    await cluster.check();
    await setTimeout(500);
  }
  throw new Failure(`the pods ${PODS.join(', ')} did not all run in ${TIMEOUT / 1000} s`);
}

async function groupOf(aws: LocalAws, clusterName: string): Promise<Group> {
  const { AutoScalingGroups: [group] } = await aws.ask('autoscaling', 'describe-auto-scaling-groups', '--filters', `Name=tag:eks:cluster-name,Values=${clusterName}`);
  return group;
}

async function groupOfAnotherCluster(aws: LocalAws): Promise<Group> {
  const group = await groupOf(aws, 'another');
  if (group) {
    return group;
  }
  const data = JSON.stringify({ ImageId: 'ami-12345678', InstanceType: 't3.medium' });
  await aws.ask('ec2', 'create-launch-template', '--launch-template-name', 'another', '--launch-template-data', data);
  await aws.ask('autoscaling', 'create-auto-scaling-group', '--auto-scaling-group-name', 'eks-another', '--launch-template', 'LaunchTemplateName=another',
    '--min-size', '1', '--max-size', '3', '--availability-zones', 'us-west-2a', '--tags', 'Key=eks:cluster-name,Value=another,PropagateAtLaunch=false');
  return groupOf(aws, 'another');
}

/** What Cluster Autoscaler, and an attacker in its pod, try as its role. */
export async function attempts(aws: LocalAws, roleArn: string): Promise<Outcome[]> {
  const [own, other] = [await groupOf(aws, CLUSTER), await groupOfAnotherCluster(aws)];
  const credentials = await credentialsOf(aws, roleArn);
  const outcomes: Outcome[] = [];
  for (const attempt of [scales('its cluster', own, 'allowed'), scales('another cluster', other, 'AccessDenied'), terminates(other), tags(other), resizes(own)]) {
    const { code, output } = await aws.aws(['autoscaling', ...attempt.args], credentials);
    const got = verdict({ succeeded: code === 0, log: output }, 'allowed');
    outcomes.push({ who: 'cluster-autoscaler, as its role', what: attempt.what, expected: attempt.expected, got, proof: proofOf(attempt) });
  }
  return outcomes;
}

const groupOption = ({ AutoScalingGroupName }: Group) => ['--auto-scaling-group-name', AutoScalingGroupName];

const scales = (whose: string, group: Group, expected: Attempt['expected']): Attempt => ({
  what: `scale a group of ${whose}`,
  action: 'autoscaling:SetDesiredCapacity',
  group,
  args: ['set-desired-capacity', ...groupOption(group), '--desired-capacity', String(group.DesiredCapacity)],
  expected,
});

const terminates = (group: Group): Attempt => ({
  what: 'remove a node of another cluster',
  action: 'autoscaling:TerminateInstanceInAutoScalingGroup',
  group,
  args: ['terminate-instance-in-auto-scaling-group', '--instance-id', group.Instances[0].InstanceId, '--no-should-decrement-desired-capacity'],
  expected: 'AccessDenied',
});

const tags = (group: Group): Attempt => ({
  what: 'tag that group as one of its cluster',
  action: 'autoscaling:CreateOrUpdateTags',
  group,
  args: ['create-or-update-tags', '--tags',
    `ResourceId=${group.AutoScalingGroupName},ResourceType=auto-scaling-group,Key=eks:cluster-name,Value=${CLUSTER},PropagateAtLaunch=false`],
  expected: 'AccessDenied',
});

const resizes = (group: Group): Attempt => ({
  what: 'change the maximum of its group',
  action: 'autoscaling:UpdateAutoScalingGroup',
  group,
  args: ['update-auto-scaling-group', ...groupOption(group), '--max-size', '100'],
  expected: 'AccessDenied',
});

/** What the templates say about Cluster Autoscaler and a group with these tags. */
function decided({ access }: Templates, action: string, { AutoScalingGroupARN: resource, Tags }: Group, [allowed, denied]: [string, string]): string {
  // the stack is for any AWS account
  const pods = access.assume({ parameters: { 'AWS::AccountId': resource.split(':')[4] } }).pod(ACCOUNT);
  const context = Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, [Value]]));
  return inWords(pods.decide(action, { resource, context }).outcome, allowed, denied);
}

const proofOf = ({ action, group }: Attempt) => (templates: Templates) => decided(templates, action, group, ['allowed', 'AccessDenied']);
const ofGrowth = (group: Group) => (templates: Templates) => decided(templates, 'autoscaling:SetDesiredCapacity', group, ['on four nodes', 'on three nodes']);

async function credentialsOf(aws: LocalAws, roleArn: string): Promise<NodeJS.ProcessEnv> {
  const { output } = await assume(aws, roleArn, ACCOUNT.serviceAccountName);
  const { Credentials } = JSON.parse(output);
  return {
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId, AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey, AWS_SESSION_TOKEN: Credentials.SessionToken,
  };
}

async function assume(aws: LocalAws, roleArn: string, account: string) {
  const token = await aws.control({ do: 'token', cluster: CLUSTER, namespace: ACCOUNT.namespace, account });
  return assumeWithToken(aws, roleArn, token);
}

async function asAnotherAccount(aws: LocalAws, roleArn: string): Promise<Outcome> {
  const { code, output } = await assume(aws, roleArn, 'default');
  return {
    who: 'another service account of its namespace',
    what: 'assume the role',
    expected: 'AccessDenied',
    got: verdict({ succeeded: code === 0, log: output }, 'accepted'),
    proof: ({ access }) => {
      const { outcome } = access.trustPolicyNamed(roleIn(access)).decideToken({ ...ACCOUNT, serviceAccountName: 'default' });
      return inWords(outcome, 'accepted', 'AccessDenied');
    },
  };
}

/** The role in the annotation of the service account. */
const roleIn = (access: Templates['access']) => access.pod(ACCOUNT).row.roles.find(({ isDefault }) => isDefault)!.role;
