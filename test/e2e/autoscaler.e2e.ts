import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { assemblyOf, ENV } from './assembly';
import { startForReplay } from './broken-stack';
import { NpmStart } from './npm-start';
import { ClusterAutoscalerStack } from '../../bin/cluster-autoscaler-stack';
import { deploy, destroy, outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { attempts, replayClusterAutoscaler } from '../../replay/cluster-autoscaler';
import { Outcome, prove } from '../../replay/outcome';
import { Templates } from '../../replay/templates';
import { blocksOf } from '../documents';


const STACK = 'ClusterAutoscalerStack';

/** What decides to add a node: its log says it, too. */
const PROGRAM = process.env.CLUSTER_AUTOSCALER ? 'the real Cluster Autoscaler' : 'the stand-in for Cluster Autoscaler';

const shown = (outcomes: Outcome[]) => outcomes.map(({ what, got, proved }) => [what, got, proved]);

describe(`${STACK}, with ${PROGRAM}`, () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startForReplay();
  });
  afterAll(() => aws?.stop());

  const roleOf = async () => (await outputsOf(aws, STACK)).AutoscalerRoleArn;

  test('adds a node for a pod that does not fit, and does nothing to another cluster, as its template proves', async () => {
    const args = assemblyOf(aws, (app) => new ClusterAutoscalerStack(app, STACK, { env: ENV }));
    await deploy(aws, STACK, args);
    expect(shown(prove(await replayClusterAutoscaler(aws, await roleOf()), new Templates(args[1])))).toEqual([
      ['run', 'on four nodes', 'on four nodes'],
      ['scale a group of its cluster', 'allowed', 'allowed'],
      ['scale a group of another cluster', 'AccessDenied', 'AccessDenied'],
      ['remove a node of another cluster', 'AccessDenied', 'AccessDenied'],
      ['tag that group as one of its cluster', 'AccessDenied', 'AccessDenied'],
      ['change the maximum of its group', 'AccessDenied', 'AccessDenied'],
      ['assume the role', 'AccessDenied', 'AccessDenied'],
    ]);
  });

  test('scales a group of another cluster if its policy has no condition, as the template proves', async () => {
    const args = assemblyOf(aws, (app) => withoutCondition(new ClusterAutoscalerStack(app, STACK, { env: ENV })));
    await deploy(aws, STACK, args);
    expect(shown(prove(await attempts(aws, await roleOf()), new Templates(args[1])))).toEqual([
      ['scale a group of its cluster', 'allowed', 'allowed'],
      ['scale a group of another cluster', 'allowed', 'allowed'],
      ['remove a node of another cluster', 'allowed', 'allowed'],
      ['tag that group as one of its cluster', 'AccessDenied', 'AccessDenied'],
      ['change the maximum of its group', 'AccessDenied', 'AccessDenied'],
    ]);
  });

  test('leaves no policy behind', async () => {
    const policies = async () => (await aws.ask('iam', 'list-policies', '--scope', 'Local')).Policies.map(({ PolicyName }: any) => PolicyName);
    expect(await policies()).toHaveLength(1);
    await destroy(aws, STACK, assemblyOf(aws, (app) => new ClusterAutoscalerStack(app, STACK, { env: ENV })));
    expect(await policies()).toEqual([]);
  });
});

function withoutCondition(stack: ClusterAutoscalerStack): void {
  const policy = stack.node.findAll().find((construct): construct is CfnManagedPolicy => construct instanceof CfnManagedPolicy)!;
  const { Statement } = stack.resolve(policy.policyDocument);
  const bound = Statement.findIndex(({ Condition }: any) => Condition);
  expect(Statement[bound].Condition).toEqual({ StringEquals: { 'aws:ResourceTag/eks:cluster-name': expect.anything() } });
  policy.addPropertyDeletionOverride(`PolicyDocument.Statement.${bound}.Condition`);
}

describe('npm start -- --example cluster-autoscaler', () => {
  const start = new NpmStart();
  /** Without what differs from run to run, and the order of the pods on the nodes. */
  const timeless = (text: string) => text.replace(/\b\d+ s\b/g, '<time>').replace(/eks-nodegroup-[0-9a-f-]+/g, '<group>').replace(/ip-[\d-]+/g, '<node>').replace(/ +/g, ' ');

  test('ends as the guide shows', async () => {
    const run = start.run({}, ['--example', 'cluster-autoscaler']);
    expect({ code: await run.ended, errors: run.errors }).toEqual({ code: 0, errors: '' });
    const [pods, outcomes] = blocksOf('docs/example.md', 'text').slice(1).map(timeless);
    expect(timeless(run.output)).toContain(pods);
    expect(timeless(run.output)).toContain(outcomes);
    expect(await run.leftovers()).toEqual([]);
  });

  test('says that it needs a real Kubernetes if none has been built', async () => {
    const run = start.run(start.records, ['--example', 'cluster-autoscaler']);
    expect(await run.ended).toBe(0);
    expect(run.output).toContain('build a real Kubernetes with npm run kubernetes, which needs Go 1.26 or later, and run npm start again.\n');
  });
});
