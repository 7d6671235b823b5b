import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cdk8s from 'cdk8s';
import { ServiceAccountWithRole } from '../../lib';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { KubernetesError } from '../../lib/kubernetes/function/client/api-server';
import { describe as described } from '../../lib/kubernetes/function/errors';
import { Owners } from '../../lib/kubernetes/function/records/owners';
import { decode } from '../../lib/kubernetes/function/records/record';
import { judge, Wish } from '../../lib/kubernetes/function/sets/judgement';
import { read, ROOT } from '../documents';
import { newCluster, newStack } from '../stacks';

const synthesize = (stack: Stack) => (stack.node.root as App).synth();
const account = (scope: Stack, cluster = newCluster(scope), more: object = {}) =>
  new ServiceAccountWithRole(scope, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports', ...more });
const inOregon = { env: { account: '123456789012', region: 'us-west-2' } };
const inOhio = { env: { account: '123456789012', region: 'us-east-2' } };

const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'reports', uid: 'u' } };
const entry = { object, uid: 'u', epoch: 1, landed: true, origin: 'absent' as const, fields: [] };
const wish: Wish = { object, owner: '123456789012/us-west-2/Stack/Set', existing: ExistingObjects.REFUSE, isUndo: false, token: 't' };
const judged = (more: Partial<Wish> = {}, ...owners: string[]) => {
  const holders = owners.map((owner) => ({ owner, entry, isEnding: false }));
  const lists = { holdersOf: () => holders, entryFor: () => undefined, isKept: () => false };
  const judgement = judge(object, { ...wish, ...more }, lists as unknown as Owners);
  throw new Error((judgement as { why: string }).why);
};
const answered = (statusCode: number, message: string, reason?: string, field?: string) => {
  throw described(object, new KubernetesError('apply', statusCode, { message, reason, details: { causes: field ? [{ field, message }] : [] } }));
};

/** Of what only an API server says no to: test/e2e shows that it happens. */
const written = (file: string) => () => {
  throw new Error(read(join('lib/kubernetes/function', file)));
};

/** How each message of the page comes about. */
const MESSAGES: { readonly [message: string]: () => unknown } = {
  'serviceAccountName is "team-*", but must be an RFC 1123 subdomain …': () => account(newStack(), undefined, { serviceAccountName: 'team-*' }),
  'service account … is defined by … already: …': () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    account(stack, cluster);
    account(newStack('Other', {}, stack.node.root), cluster);
  },
  'Namespace … is defined by … already: …': () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    cluster.addKubernetesObjects('Namespace', { objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'reports' } }] });
    account(stack, cluster);
    synthesize(stack);
  },
  'the stack\'s region is …, but must be …, that of the cluster': () => {
    const stack = newStack('Stack', inOregon);
    account(newStack('Other', inOhio, stack.node.root), newCluster(stack));
  },
  'Cannot use resource … in a cross-environment fashion, …': () => {
    const stack = newStack();
    account(newStack('Other', inOregon, stack.node.root), newCluster(stack));
    synthesize(stack);
  },
  '… depends on … would create a cyclic reference.': () => {
    const stack = newStack();
    const other = newStack('Other', {}, stack.node.root);
    const cluster = newCluster(stack);
    new s3.Bucket(other, 'Bucket').grantRead(cluster.addServiceAccountWithRole('Writer', { serviceAccountName: 'writer' }));
    account(other, cluster);
    synthesize(stack);
  },
  'Number of resources in stack … is greater than allowed maximum of 500: …': () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    for (let i = 0; i < 250; i++) {
      cluster.addServiceAccountWithRole(`Account${i}`, { serviceAccountName: `account-${i}` });
    }
    synthesize(stack);
  },
  'Kubectl Provider is not defined in this cluster. …': () => newCluster(newStack()).eksCluster.addHelmChart('Chart', { chart: 'chart' }),
  'instanceTypes is …, but must be of one architecture: …': () =>
    newCluster(newStack()).addNodegroup('Nodes', { instanceTypes: ['m7i.large', 'm7g.large'].map((type) => new ec2.InstanceType(type)) }),
  'chart … is a part of the CDK app, but must be in an app of cdk8s: …': () => {
    const stack = newStack();
    newCluster(stack).addKubernetesObjects('Jobs', { charts: [new cdk8s.Chart(stack, 'Chart')] });
  },
  'Vpc must contain private subnets when public endpoint access is restricted': () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }] });
    newCluster(stack, { vpc, vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }], endpointAccess: eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24') });
  },
  '… cannot be a secret or another dynamic reference, …': () => {
    const stack = newStack();
    account(stack).addTrustPolicyStatements(new iam.PolicyStatement({
      actions: ['sts:AssumeRole'],
      principals: [new iam.AccountPrincipal('123456789012').withConditions({ StringEquals: { 'sts:ExternalId': '{{resolve:ssm:id}}' } })],
    }));
    synthesize(stack);
  },
  'iam.Role.customizeRoles cannot report this role, …': () => {
    const stack = newStack();
    iam.Role.customizeRoles(stack);
    account(stack, newCluster(stack));
  },
  '… is there already, managed by …': () => judged(),
  '… is there already, made anew by someone else, …': () => judged({ entry: { ...entry, uid: 'before' } }),
  '… belongs to …: …': () => judged({}, '123456789012/us-west-2/Other/Set'),
  '… 422 Invalid: …': () => answered(422, 'Invalid value', 'Invalid', 'data'),
  '… this cannot be changed in place, so give the object another name': written('sets/apply-set.ts'),
  '… 404 NotFound: namespaces … not found': () => answered(404, 'namespaces "reports" not found', 'NotFound'),
  '… the cluster knows no … in …': written('client/kubernetes-api.ts'),
  '… the cluster does not know the function\'s role, …': () => answered(401, 'Unauthorized', 'Unauthorized'),
  'record … cannot be read: …': () => decode('record', 'x'),
  'Amazon EKS has a cluster …, but its API server cannot be reached from the function: …': written('client/cluster-watch.ts'),
};

const page = read('docs/troubleshooting.md');
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('the page has these messages', () => {
  expect([...page.matchAll(/^### `(.*)`$/gm)].map(([, message]) => message)).toEqual(Object.keys(MESSAGES));
});

test.each(Object.entries(MESSAGES))('%s', (message, provoke) => {
  expect(provoke).toThrow(new RegExp(message.split('…').map((part) => escaped(part.trim())).join('.*')));
});

test('the page has each warning', () => {
  const sources = readdirSync(join(ROOT, 'lib'), { encoding: 'utf8', recursive: true }).filter((file) => file.endsWith('.ts')).map((file) => read(join('lib', file)));
  const ids = sources.flatMap((source) => [...source.matchAll(/'(cdk-irsa:[\w-]+)'/g)].map(([, id]) => id));
  expect([...page.matchAll(/^\| `(cdk-irsa:[\w-]+)` \|/gm)].map(([, id]) => id).sort()).toEqual([...new Set(ids)].sort());
});
