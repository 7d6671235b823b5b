import { BROKEN, BROKEN_POD_IDENTITY, differing } from './broken-outcomes';
import { deployBroken, deployBrokenPodIdentity, deployForPodIdentity, startForReplay } from './broken-stack';
import { outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { jobsOf } from '../../replay/jobs';
import { asProved, isProved, Outcome, prove } from '../../replay/outcome';
import { replayPodIdentity } from '../../replay/pod-identity';
import { replay } from '../../replay/scenario';
import { Templates } from '../../replay/templates';


/** The outcomes of the scenario with one thing of IrsaTestStack broken, and what its templates prove. */
async function outcomesOf(aws: LocalAws, what: string): Promise<Outcome[]> {
  const assembly = await deployBroken(aws, what);
  const { outcomes } = await replay(aws, await jobsOf(aws, 'irsa-test'), (await outputsOf(aws, 'IrsaTestStack')).ReaderRoleArn);
  return prove(outcomes, new Templates(assembly));
}

/** The same for PodIdentityTestStack. */
async function podIdentityOutcomesOf(aws: LocalAws, what: string): Promise<Outcome[]> {
  const assembly = await deployBrokenPodIdentity(aws, what);
  const { outcomes } = await replayPodIdentity(aws, await jobsOf(aws, 'irsa-test'), (await outputsOf(aws, 'PodIdentityTestStack')).ReaderRoleArn);
  return prove(outcomes, new Templates(assembly));
}

/** Outcomes that the templates prove otherwise. They must not prove fewer than of the stack as it is. */
function disagreeing(outcomes: Outcome[], proofs: number): Outcome[] {
  expect(outcomes.filter(isProved)).toHaveLength(proofs);
  return outcomes.filter((outcome) => !asProved(outcome));
}

/** Deploys IrsaTestStack with one thing broken to a new local AWS, and returns why that fails. */
async function refusal(broken: string): Promise<string> {
  const aws = await startForReplay();
  try {
    return await deployBroken(aws, broken).then(() => 'the deployment succeeded', ({ message }: Error) => message);
  } finally {
    await aws.stop();
  }
}

const WITHOUT_ACCOUNT = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 's3-listonly-no-sa', namespace: 'default' } };

/** Messages of deployments that fail. They start before the other tests, because the function retries for two minutes if access is refused. */
const refusals = new Map<string, Promise<string>>();
beforeAll(() => ['access entry', 'token', 'access scope'].forEach((broken) => refusals.set(broken, refusal(broken))));
afterAll(() => Promise.all(refusals.values()));

describe('the replay detects, and the templates prove, if clusters are records,', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startForReplay({ records: true });
  });
  afterAll(() => aws?.stop());

  test.each(BROKEN)('$title', async ({ what, differing: expected }) => {
    const outcomes = await outcomesOf(aws, what);
    expect(differing(outcomes)).toEqual(expected);
    expect(disagreeing(outcomes, 9)).toEqual([]);
  });

  describe('with EKS Pod Identity,', () => {
    beforeAll(() => deployForPodIdentity(aws));

    test.each(BROKEN_POD_IDENTITY)('$title', async ({ what, differing: expected }) => {
      const outcomes = await podIdentityOutcomesOf(aws, what);
      expect(differing(outcomes)).toEqual(expected);
      expect(disagreeing(outcomes, 5)).toEqual([]);
    });
  });
});

describe('the replay detects, and the templates prove, on a real Kubernetes,', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startForReplay();
  });
  afterEach(async () => (await aws.cluster('irsa-test')).remove(WITHOUT_ACCOUNT)); // each replay creates it again
  afterAll(() => aws?.stop());

  test.each(BROKEN.filter(({ what }) => ['trust', 'annotation', 'policy', 'hop limit'].includes(what)))('$title', async ({ what, differing: expected }) => {
    const outcomes = await outcomesOf(aws, what);
    expect(differing(outcomes)).toEqual(expected);
    expect(disagreeing(outcomes, 9)).toEqual([]);
  });
});

describe('a real API server makes the deployment fail because of', () => {
  test.each([
    ['an access entry for another role', 'access entry'],
    ['a token for another cluster', 'token'],
  ])('%s', async (_, broken) => {
    expect(await refusals.get(broken)).toMatch(/^CREATE_FAILED Custom::KubernetesObjects \w+: .*401.*\ncdk deploy IrsaTestStack failed$/);
  });

  test('an access entry for a part of the cluster', async () => {
    expect(await refusals.get('access scope')).toMatch(/^CREATE_FAILED Custom::KubernetesObjects \w+: .*403 Forbidden: .* cannot .* in the namespace "cdk-irsa".*\ncdk deploy IrsaTestStack failed$/);
  });
});
