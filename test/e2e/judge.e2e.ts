import { deployBroken, startForReplay } from './broken-stack';
import { outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { jobsOf } from '../../replay/jobs';
import { asExpected, Outcome } from '../../replay/outcome';
import { replay } from '../../replay/scenario';

jest.setTimeout(300_000);

/** Deploys IrsaTestStack with one thing broken, and returns what of the replay differs then. */
async function differing(aws: LocalAws, broken: string): Promise<Pick<Outcome, 'who' | 'got'>[]> {
  await deployBroken(aws, broken);
  const { outcomes } = await replay(aws, await jobsOf(aws, 'irsa-test'), (await outputsOf(aws, 'IrsaTestStack')).ReaderRoleArn);
  return outcomes.filter((outcome) => !asExpected(outcome)).map(({ who, got }) => ({ who, got }));
}

/** Deploys IrsaTestStack with one thing broken to an AWS of its own, and returns why that fails. */
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

/** Messages of deployments that fail. The function tries again for two minutes where it is refused, so that all of them begin before the other tests. */
const refusals = new Map<string, Promise<string>>();
beforeAll(() => ['access entry', 'token', 'access scope'].forEach((broken) => refusals.set(broken, refusal(broken))));
afterAll(() => Promise.all(refusals.values()));

describe('the replay is a judge, where a cluster is a record, of', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startForReplay({ records: true });
  });
  afterAll(() => aws?.stop());

  test.each([
    ['a trust that names another subject', 'trust', TRUST],
    ['a trust that looks at the audience alone', 'subject', [
      { who: 'one of another service account', got: 'accepted' },
      { who: 'one of s3-reader-sa in another namespace', got: 'accepted' },
    ]],
    ['a trust that takes anyone', 'principal', [
      { who: 'one of another service account', got: 'accepted' },
      { who: 'one of s3-reader-sa in another namespace', got: 'accepted' },
      { who: 'one of another cluster', got: 'accepted' },
    ]],
    ['a provider for another audience, too', 'audience', [{ who: 'one with another audience', got: 'AccessDenied' }]],
    ['an annotation that is missing', 'annotation', ANNOTATION],
    ['a policy that is missing', 'policy', POLICY],
    ['a policy that allows too much', 'too much', [
      { who: 's3-reader-sa, as its role', got: 'allowed' },
      { who: 's3-reader-sa, as its role', got: 'allowed' },
    ]],
    ['a hop limit that lets pods reach their node', 'hop limit', HOP_LIMIT],
    ['a node that may do what its pods may', 'node', [{ who: 'the node, as its role', got: 'buckets' }]],
  ])('%s', async (_, broken, expected) => {
    expect(await differing(aws, broken)).toEqual(expected);
  });
});

describe('so it is on a real Kubernetes, of', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startForReplay();
  });
  afterEach(async () => (await aws.cluster('irsa-test')).remove(WITHOUT_ACCOUNT)); // each replay makes it anew
  afterAll(() => aws?.stop());

  test.each([
    ['a trust that names another subject', 'trust', TRUST],
    ['an annotation that is missing', 'annotation', ANNOTATION],
    ['a policy that is missing', 'policy', POLICY],
    ['a hop limit that lets pods reach their node', 'hop limit', HOP_LIMIT],
  ])('%s', async (_, broken, expected) => {
    expect(await differing(aws, broken)).toEqual(expected);
  });
});

describe('a real API server is a judge, too: the deployment fails with', () => {
  test.each([
    ['an access entry of another role', 'access entry'],
    ['a token for another cluster', 'token'],
  ])('%s', async (_, broken) => {
    expect(await refusals.get(broken)).toMatch(/^CREATE_FAILED Custom::KubernetesObjects \w+: .*401.*\ncdk deploy IrsaTestStack failed$/);
  });

  test('an access entry for a part of the cluster', async () => {
    expect(await refusals.get('access scope')).toMatch(
      /^CREATE_FAILED AWS::EKS::AccessEntry \w+: the local AWS knows AmazonEKSClusterAdminPolicy for a whole cluster, and not .* for .*'namespace'.*\ncdk deploy IrsaTestStack failed$/);
  });
});
