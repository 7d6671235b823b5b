import { assemblyOf } from './assemblies';
import { refused, run } from './run';
import { PackedGraph, unpackGraph } from '../../lib/page/packed-graph';
import { account, accountRole, allow, clusterTemplate, objects } from '../verification/templates';

const app = (...statements: object[]) => {
  const { stack } = clusterTemplate({ Reader: accountRole('default:reader', ...statements), Objects: objects(account('reader', 'Reader')) });
  return assemblyOf({ App: stack });
};

const reader = app(allow('sqs:SendMessage'));

const graphIn = (page: string) => unpackGraph(JSON.parse(/id="access-graph">(.*)<\/script>/.exec(page)![1]) as PackedGraph);

test('a page shows who can do what, and has the name of the assembly', () => {
  const { code, out, err } = run('access', reader, '--format', 'html');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^<!doctype html>\n/);
  const { title, isComparison, nodes, findings } = graphIn(out);
  expect({ title, isComparison, findings }).toEqual({ title: reader, isComparison: false, findings: [] });
  expect(nodes.map(({ column, name }) => `${column} ${name}`)).toEqual([
    'workload Nodes', 'account reader', 'role NodeRole', 'role Reader', 'permission AssumeRoleForPodIdentity on *', 'permission ListQueues on *', 'permission SendMessage on *',
  ]);
});

test('two runs write the same bytes', () => {
  expect(run('access', reader, '--format', 'html')).toEqual(run('access', reader, '--format', 'html'));
});

test('assumptions are sentences of the page', () => {
  const { out } = run('access', reader, '--assume-no-other-nodes', '--format', 'html');
  expect(graphIn(out).assumed[0]).toBe('Assumed: clusters have no nodes but those in the templates.');
});

test('a page of a cluster has its principals', () => {
  const { code, out } = run('access', reader, '--cluster', 'prod', '--format', 'html');
  expect(code).toBe(0);
  expect(graphIn(out).nodes.map(({ name }) => name)).toContain('reader');
});

test('a page of a comparison shows what was gained and lost, and fails as other reports do', () => {
  const other = app(allow('sns:Publish'));
  const { code, out } = run('access', '--diff', reader, other, '--format', 'html', '--fail-on-broadening');
  expect(code).toBe(1);
  const { title, isComparison, nodes } = graphIn(out);
  expect({ title, isComparison }).toEqual({ title: `${reader} and ${other}`, isComparison: true });
  expect(nodes.flatMap(({ name, change }) => (change ? [`${name} ${change}`] : []))).toEqual(['Publish on * gained', 'SendMessage on * lost']);
});

test('a question and a file of approved access have no page', () => {
  expect(run('access', reader, '--can', 'sqs:SendMessage', '--format', 'html'))
    .toEqual(refused('--format html cannot be used with --can: the page shows all access, with the commands for exact questions'));
  expect(run('access', reader, '--baseline', 'access.txt', '--format', 'html'))
    .toEqual(refused('--format html cannot be used with --baseline: for a pull request, use --format markdown'));
  expect(run('access', reader, '--html')).toEqual(refused("unknown option '--html': use --format html"));
});
