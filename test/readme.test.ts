import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ServiceAccountRole, ServiceAccountSet, ServiceAccountSubject } from '../lib';
import { newCluster, newStack } from './stacks';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

/** The number of resources of each type that the last step adds to the previous ones. */
function added(...steps: ((stack: Stack) => void)[]): string {
  const count = (some: typeof steps) => {
    const stack = newStack();
    some.forEach((step) => step(stack));
    const counts: { [type: string]: number } = {};
    for (const { Type } of Object.values<any>(Template.fromStack(stack).toJSON().Resources ?? {})) {
      counts[Type] = (counts[Type] ?? 0) + 1;
    }
    return counts;
  };
  const before = count(steps.slice(0, -1));
  return Object.entries(count(steps)).map(([type, n]) => [type, n - (before[type] ?? 0)] as const).filter(([, n]) => n > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, n]) => (n > 1 ? `${n} ${type}` : type)).join(', ');
}

test('the table of resources in a stack matches the code', () => {
  const vpc = (stack: Stack) => void new ec2.Vpc(stack, 'Vpc');
  const cluster = (stack: Stack) => void newCluster(stack, { vpc: stack.node.findChild('Vpc') as ec2.Vpc });
  const irsa = (stack: Stack) => stack.node.findChild('Cluster') as ReturnType<typeof newCluster>;
  const nodegroup = (stack: Stack) => void irsa(stack).addNodegroup('Nodes');
  const objects = (stack: Stack) => void irsa(stack).addKubernetesObjects('Objects', { objects: [] });
  const role = (stack: Stack) => void new ServiceAccountRole(stack, 'Role', { cluster: irsa(stack), subjects: [ServiceAccountSubject.exact('karpenter', 'karpenter')] });
  const account = (stack: Stack) => void irsa(stack).addServiceAccountWithRole('Reader', {
    serviceAccountName: 'reader', managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')],
  });
  const set = (stack: Stack) => {
    const accounts = new ServiceAccountSet(stack, 'Set', { cluster: irsa(stack) });
    for (let i = 0; i < 100; i++) {
      accounts.addServiceAccountWithRole(`Account${i}`, { serviceAccountName: `account-${i}` });
    }
  };
  const rows = [
    ['`IrsaCluster`, in a VPC that is there', added(vpc, cluster)],
    ['each nodegroup', added(vpc, cluster, nodegroup)],
    ['each `ServiceAccountWithRole`', added(vpc, cluster, account)],
    ['each `ServiceAccountRole`', added(vpc, cluster, role)],
    ['a `ServiceAccountSet` of 100', added(vpc, cluster, set)],
    ['each `KubernetesObjects`', added(vpc, cluster, objects)],
  ];
  expect(readme).toContain(rows.map(([what, resources]) => `| ${what} | ${resources} |\n`).join(''));
});

test('each point about Helm and kubectl is the title of a test that runs them', () => {
  const [, section] = /\n#### Helm and kubectl beside your stack\n([^]*?)\n##/.exec(readme)!;
  const tests = ['other-tools', 'given-back-to-others'].map((name) => readFileSync(join(__dirname, 'e2e', `${name}.e2e.ts`), 'utf8')).join('');
  expect([...section.matchAll(/^- (.*)$/gm)].map(([, sentence]) => sentence).sort()).toEqual([...tests.matchAll(/\('(.*\.)',/g)].map(([, title]) => title).sort());
});
