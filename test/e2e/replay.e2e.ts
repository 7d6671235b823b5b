import { deployBroken, startForReplay } from './broken-stack';
import { outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { Jobs, jobsOf } from '../../replay/jobs';
import { asProved, prove } from '../../replay/outcome';
import { replay, replayWithImds } from '../../replay/scenario';
import { Templates } from '../../replay/templates';


describe.each([['a real Kubernetes', false], ['records of clusters', true]])('with %s', (_, records) => {
  let aws: LocalAws;
  let jobs: Jobs;
  beforeAll(async () => {
    aws = await startForReplay({ records });
  });
  afterAll(() => aws?.stop());

  test('the scenario has the expected outcomes', async () => {
    const assembly = await deployBroken(aws, 'nothing');
    jobs = await jobsOf(aws, 'irsa-test');
    const { outcomes } = await replay(aws, jobs, (await outputsOf(aws, 'IrsaTestStack')).ReaderRoleArn);
    expect(outcomes.map(({ got, ...outcome }) => ({ ...outcome, expected: got }))).toEqual(outcomes.map(({ got, ...outcome }) => outcome));
    expect(prove(outcomes, new Templates(assembly)).filter((outcome) => !asProved(outcome))).toEqual([]);
  });

  test('with a hop limit of 2, pods act as their node', async () => {
    const assembly = await deployBroken(aws, 'hop limit');
    const { outcomes } = await replayWithImds(jobs);
    expect(prove(outcomes, new Templates(assembly)).map(({ got, proved }) => [got, proved])).toEqual([['Failed: AccessDenied', 'Failed: AccessDenied']]);
  });
});

