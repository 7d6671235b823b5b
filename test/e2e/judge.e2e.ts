import { deployBroken, startForReplay } from './broken-stack';
import { outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { jobsOf } from '../../replay/jobs';
import { asExpected, Outcome } from '../../replay/outcome';
import { replay } from '../../replay/scenario';

jest.setTimeout(300_000);

/** Deploys IrsaTestStack with one thing broken, and returns the outcomes of the replay that differ. */
async function differing(aws: LocalAws, broken: string): Promise<Pick<Outcome, 'who' | 'got'>[]> {
  await deployBroken(aws, broken);
  const { outcomes } = await replay(aws, await jobsOf(aws, 'irsa-test'), (await outputsOf(aws, 'IrsaTestStack')).ReaderRoleArn);
  return outcomes.filter((outcome) => !asExpected(outcome)).map(({ who, got }) => ({ who, got }));
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

const TRUST = [
  { who: 'the Job with s3-reader-sa', got: 'Failed: AccessDenied' },
  { who: 'a token of s3-reader-sa', got: 'AccessDenied' },
  { who: 's3-reader-sa, as its role', got: 'no credentials' },
  { who: 's3-reader-sa, as its role', got: 'no credentials' },
];
const ANNOTATION = [{ who: 'the Job with s3-reader-sa', got: 'Failed: no credentials' }];
const POLICY = [{ who: 'the Job with s3-reader-sa', got: 'Failed: AccessDenied' }];
const HOP_LIMIT = [{ who: 'a Job without a service account', got: 'Failed: AccessDenied' }];

/** Messages of deployments that fail. They start before the other tests, because the function retries for two minutes if access is refused. */
const refusals = new Map<string, Promise<string>>();
beforeAll(() => ['access entry', 'token', 'access scope'].forEach((broken) => refusals.set(broken, refusal(broken))));
afterAll(() => Promise.all(refusals.values()));

describe('the replay detects, if clusters are records,', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startForReplay({ records: true });
  });
  afterAll(() => aws?.stop());

  test.each([
    ['a trust policy that names another subject', 'trust', TRUST],
    ['a trust policy that only checks the audience', 'subject', [
      { who: 'one of another service account', got: 'accepted' },
      { who: 'one of s3-reader-sa in another namespace', got: 'accepted' },
    ]],
    ['a trust policy that trusts everyone', 'principal', [
      { who: 'one of another service account', got: 'accepted' },
      { who: 'one of s3-reader-sa in another namespace', got: 'accepted' },
      { who: 'one of another cluster', got: 'accepted' },
    ]],
    ['an OIDC provider that accepts another audience, too', 'audience', [{ who: 'one with another audience', got: 'AccessDenied' }]],
    ['a missing annotation', 'annotation', ANNOTATION],
    ['a missing policy', 'policy', POLICY],
    ['a policy that allows too much', 'too much', [
      { who: 's3-reader-sa, as its role', got: 'allowed' },
      { who: 's3-reader-sa, as its role', got: 'allowed' },
    ]],
    ['a hop limit that allows pods to act as their node', 'hop limit', HOP_LIMIT],
    ['a node with the permissions of its pods', 'node', [{ who: 'the node, as its role', got: 'buckets' }]],
  ])('%s', async (_, broken, expected) => {
    expect(await differing(aws, broken)).toEqual(expected);
  });
});

describe('the replay detects, on a real Kubernetes,', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startForReplay();
  });
  afterEach(async () => (await aws.cluster('irsa-test')).remove(WITHOUT_ACCOUNT)); // each replay creates it again
  afterAll(() => aws?.stop());

  test.each([
    ['a trust policy that names another subject', 'trust', TRUST],
    ['a missing annotation', 'annotation', ANNOTATION],
    ['a missing policy', 'policy', POLICY],
    ['a hop limit that allows pods to act as their node', 'hop limit', HOP_LIMIT],
  ])('%s', async (_, broken, expected) => {
    expect(await differing(aws, broken)).toEqual(expected);
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
