import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Listener, listenersOf, processesOf } from './listeners';
import { installAgent } from './pod-identities';
import { startLocalAws } from './start-local-aws';
import { Attempt, readableByOthers, send } from './strangers';
import { until } from './waiting';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';

let aws: LocalAws;
let cluster: TestCluster;
let first: number;
beforeAll(async () => {
  aws = await startLocalAws();
  cluster = await aws.startCluster('test');
  await installAgent(aws, 'test');
  [first] = await aws.control({ do: 'processes' });
});
afterAll(() => aws?.stop());

const listeners = () => listenersOf(processesOf(first));
const without = ({ port, ...listener }: Listener) => listener;
const tcp = (process: string) => ({ process, kind: 'tcp', address: '127.0.0.1' });
const byProcess = (a: { process: string; kind: string }, b: typeof a) => `${a.process} ${a.kind}`.localeCompare(`${b.process} ${b.kind}`);

test('a run listens on these sockets only, and other machines can reach none of them', () => {
  expect(listeners().map(without).sort(byProcess)).toEqual([
    tcp('kube-apiserver'),
    { process: 'kube-apiserver', kind: 'unix', address: 'etcd.sock' },
    tcp('kubelet'),
    tcp('local_aws.py'), // AWS
    tcp('local_aws.py'), // the control port
    tcp('local_aws.py'), // the webhook that reviews tokens
    tcp('local_aws.py'), // the webhook that mutates pods
    tcp('local_aws.py'), // the metadata service of the node, for the node
    tcp('local_aws.py'), // the same, for pods
    tcp('local_aws.py'), // the EKS Pod Identity Agent
  ]);
});

const json = { 'content-type': 'application/json' };
const ATTEMPTS: Attempt[] = [
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/metrics' },
  { method: 'GET', path: '/debug/pprof/' },
  { method: 'GET', path: '/version' },
  { method: 'GET', path: '/api/v1/secrets', headers: { authorization: 'Bearer guessed' } },
  { method: 'GET', path: '/pods' },
  { method: 'GET', path: '/containerLogs/default/any/any' },
  { method: 'POST', path: '/exec/default/any/any?command=id&output=1' },
  { method: 'GET', path: '/v2/keys' },
  { method: 'POST', path: '/v3/kv/range', headers: json, body: '{"key":"AA==","range_end":"AA=="}' },
  { method: 'PUT', path: '/latest/api/token', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60' } },
  { method: 'GET', path: '/latest/meta-data/iam/security-credentials/' },
  { method: 'GET', path: '/v1/credentials' },
  { method: 'GET', path: '/v1/credentials', headers: { authorization: 'guessed' } },
  { method: 'GET', path: '/moto-api/data.json' },
  { method: 'POST', path: '/', headers: json, body: '{"do":"processes"}' },
  { method: 'POST', path: '/', headers: { ...json, authorization: 'Bearer guessed' }, body: '{"do":"processes"}' },
  { method: 'POST', path: '/', headers: json, body: '{"kind":"TokenReview","apiVersion":"authentication.k8s.io/v1","spec":{"token":"guessed"}}' },
  { method: 'POST', path: '/', headers: { 'content-type': 'text/plain', 'host': 'example.com', 'origin': 'http://example.com' }, body: '{"do":"processes"}' },
];

test('none of them answers requests without credentials', async () => {
  const answers = await Promise.all(listeners().filter(({ kind }) => kind === 'tcp').map(async ({ process, port }) => {
    const replies = await Promise.all(ATTEMPTS.map((attempt) => send(port!, attempt)));
    return { process, kind: '', statuses: [...new Set(replies.map(({ status }) => status))].sort() };
  }));
  expect(answers.sort((a, b) => byProcess(a, b) || a.statuses.length - b.statuses.length)).toEqual([
    { process: 'kube-apiserver', kind: '', statuses: ['401'] },
    { process: 'kubelet', kind: '', statuses: ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'] },
    { process: 'local_aws.py', kind: '', statuses: ['403'] }, // AWS
    ...Array(5).fill({ process: 'local_aws.py', kind: '', statuses: ['403', '501'] }), // servers that support some methods only
    { process: 'local_aws.py', kind: '', statuses: ['400', '404', '501'] }, // the agent
  ]);
});

/** A folder with all its files and folders. */
const all = (folder: string): string[] => [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file))];
/** The folder of the local AWS, which contains the folder of the cluster, and the folder of the process that started it. */
const folders = () => [dirname(dirname(cluster.access.kubeconfig)), aws.folder];

test('only the user of a run can read its files', () => {
  const mode = (path: string) => statSync(path).mode.toString(8).slice(-3);
  expect(all(folders()[0]).filter((path) => !mode(path).endsWith('00'))).toEqual([]);
  expect(mode(aws.folder)).toBe('700'); // so its contents are not accessible either
  expect(all(dirname(cluster.access.kubeconfig)).map((path) => path.slice(dirname(cluster.access.kubeconfig).length))).toEqual(expect.arrayContaining(['/etcd.sock', '/kubeconfig', '/kube-apiserver.log']));
});

(process.getuid!() === 0 ? test : test.skip)('another user of the machine can read neither the files nor the environment of a process', () => {
  const environments = processesOf(first).map(({ pid }) => `/proc/${pid}/environ`);
  expect(environments).toHaveLength(5);
  expect(readableByOthers(['/bin/sh', ...folders().flatMap(all), ...environments])).toEqual(['/bin/sh']);
});

test('no secret is in the arguments of a process, which every user can see', async () => {
  const secrets = [aws.environment.AWS_SECRET_ACCESS_KEY, (aws as any).at.control.secret, cluster.access.adminToken];
  expect(secrets.every((secret) => secret.length >= 32)).toBe(true);
  const commands = processesOf(first).map(({ command }) => command);
  expect(secrets.filter((secret) => commands.some((command) => command.includes(secret)))).toEqual([]);
});

test('the API server can reach the log of a pod and the webhook that mutates pods, which others cannot', async () => {
  await cluster.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader', namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/reader' } } });
  const containers = [{ name: 'main', image: 'any', command: ['sh', '-c', 'echo "$AWS_ROLE_ARN"'] }];
  await cluster.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'talks', namespace: 'default' }, spec: { containers, serviceAccountName: 'reader', restartPolicy: 'Never' } });
  await until(() => cluster.ask('GET', '/api/v1/namespaces/default/pods/talks'), ({ status }) => status.phase === 'Succeeded');
  expect(await cluster.ask('GET', '/api/v1/namespaces/default/pods/talks/log')).toBe('arn:aws:iam::123456789012:role/reader\n');
  expect(existsSync(join(dirname(cluster.access.kubeconfig), 'pods'))).toBe(true);
});
