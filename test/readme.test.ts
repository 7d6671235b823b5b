import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EKS_USE_NATIVE_OIDC_PROVIDER } from 'aws-cdk-lib/cx-api';
import { blocksOf, read, ROOT } from './documents';
import { ObjectsAccess, ServiceAccountRole, ServiceAccountSet, ServiceAccountSubject } from '../lib';
import { newCluster, newStack, version } from './stacks';

/** How many resources of each type a step adds to what the steps before it have made. */
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

const tableOf = (rows: string[][]) => rows.map(([what, resources]) => `| ${what} | ${resources} |\n`).join('');

test('the table of what lands in a stack is current', () => {
  const vpc = (stack: Stack) => void new ec2.Vpc(stack, 'Vpc');
  const cluster = (stack: Stack) => void newCluster(stack, { vpc: stack.node.findChild('Vpc') as ec2.Vpc });
  const withoutFunction = (stack: Stack) => void newCluster(stack, { vpc: stack.node.findChild('Vpc') as ec2.Vpc, objectsAccess: ObjectsAccess.none() });
  const irsa = (stack: Stack) => stack.node.findChild('Cluster') as ReturnType<typeof newCluster>;
  const nodegroup = (stack: Stack) => void irsa(stack).addNodegroup('Nodes');
  const objects = (stack: Stack) => void irsa(stack).addKubernetesObjects('Objects', { objects: [] });
  const addon = (stack: Stack) => void irsa(stack).addAddon('Ebs', { addonName: 'aws-ebs-csi-driver' });
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
  expect(read('docs/what-lands-in-your-stack.md')).toContain(tableOf([
    ['`IrsaCluster`, in an existing VPC', added(vpc, cluster)],
    ['the same with `ObjectsAccess.none()`', added(vpc, withoutFunction)],
    ['each nodegroup', added(vpc, cluster, nodegroup)],
    ['each `ServiceAccountWithRole`', added(vpc, cluster, account)],
    ['each `ServiceAccountRole`', added(vpc, cluster, role)],
    ['a `ServiceAccountSet` of 100', added(vpc, cluster, set)],
    ['each `IrsaAddon` with a role', added(vpc, cluster, addon)],
    ['each `KubernetesObjects`', added(vpc, cluster, objects)],
  ]));
});

test('the comparison with aws-eks-v2 is current', () => {
  const cluster = (stack: Stack) => {
    stack.node.setContext(EKS_USE_NATIVE_OIDC_PROVIDER, true);
    const kubectlLayer = lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:us-west-2:123456789012:layer:kubectl:1');
    new eks.Cluster(stack, 'Theirs', { version, kubectlProviderOptions: { kubectlLayer } });
  };
  const account = (id: string) => (stack: Stack) => void (stack.node.findChild('Theirs') as eks.Cluster).addServiceAccount(id);
  expect(read('docs/what-lands-in-your-stack.md')).toContain(tableOf([
    ['each service account', added(cluster, account('first'), account('second'))],
  ]));
});

test('the code of the function is as small as the README says', () => {
  expect(read('README.md')).toContain('One bundled JavaScript file of less than 50 kB');
  expect(gzipSync(readFileSync(join(ROOT, 'assets/lib/kubernetes/function/apply-objects/index.js')), { level: 9 }).length).toBeLessThan(50_000);
});

const ISSUER_URL = 'https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';

test('the README shows the role that its first lines define, once the issuer is pinned', () => {
  const stack = newStack();
  newCluster(stack, { issuerUrl: ISSUER_URL }).addServiceAccountWithRole('Reader', { serviceAccountName: 'reader', namespace: 'reports' });
  const { Resources } = Template.fromStack(stack).toJSON();
  const [shown] = blocksOf('README.md', 'text');
  expect(JSON.stringify(Resources, undefined, 1)).toContain(shown.replace(/^/gm, ' ').trimEnd());
});

test('the guide to tests shows a test that runs', () => {
  const runs = read('test/docs/testing.test.ts').replace('\'../../lib\'', '\'cdk-irsa\'');
  expect(blocksOf('docs/testing.md', 'ts nofixture')).toEqual([runs]);
});

test('the guide to aws-eks and back shows what the end-to-end tests deploy', () => {
  const deployed = read('test/e2e/migration-recipes.ts').replace(/^ {2}/gm, '');
  const blocks = blocksOf('docs/migration.md', 'ts').map((block) => block.replace(/^declare const .*\n/gm, '').trimStart());
  expect(blocks.filter((block) => !deployed.includes(block))).toEqual([]);
});

test('what Helm and kubectl do is said in the titles of the tests that run them', () => {
  const [, section] = /\n## Helm and kubectl on objects of your stack\n([^]*)$/.exec(read('docs/helm.md'))!;
  const tests = ['other-tools', 'given-back-to-others'].map((name) => read(`test/e2e/${name}.e2e.ts`)).join('');
  expect([...section.matchAll(/^- (.*)$/gm)].map(([, sentence]) => sentence).sort()).toEqual([...tests.matchAll(/\('(.*\.)',/g)].map(([, title]) => title).sort());
});

test('the README is short: what is longer is a guide', () => {
  expect(read('README.md').split('\n').length).toBeLessThan(200);
});
