import { deployBroken, startForReplay } from './broken-stack';
import { outputsOf } from '../local-aws/deployments';
import { LocalAws } from '../local-aws/local-aws';
import { jobsOf } from '../replay/jobs';
import { asExpected, Outcome } from '../replay/outcome';
import { replay } from '../replay/scenario';

jest.setTimeout(300_000);

/** Deploys IrsaTestStack with one thing broken, and returns what of the replay differs then. */
async function differing(aws: LocalAws, broken: string): Promise<Pick<Outcome, 'who' | 'got'>[]> {
  await deployBroken(aws, broken);
  const { outcomes } = await replay(aws, await jobsOf(aws, 'irsa-test'), (await outputsOf(aws, 'IrsaTestStack')).ReaderRoleArn);
  return outcomes.filter((outcome) => !asExpected(outcome)).map(({ who, got }) => ({ who, got }));
}

describe('the replay is a judge:', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startForReplay({ records: true });
  });
  afterAll(() => aws?.stop());

  test('a trust that names another subject', async () => {
    expect(await differing(aws, 'trust')).toEqual([
      { who: 'the Job with s3-reader-sa', got: 'Failed: AccessDenied' },
      { who: 'a token of s3-reader-sa', got: 'AccessDenied' },
      { who: 's3-reader-sa, as its role', got: 'no credentials' },
      { who: 's3-reader-sa, as its role', got: 'no credentials' },
    ]);
  });

  test('a trust that looks at the audience alone', async () => {
    expect(await differing(aws, 'subject')).toEqual([
      { who: 'one of another service account', got: 'accepted' },
      { who: 'one of s3-reader-sa in another namespace', got: 'accepted' },
    ]);
  });

  test('an annotation that is missing', async () => {
    expect(await differing(aws, 'annotation')).toEqual([{ who: 'the Job with s3-reader-sa', got: 'Failed: no credentials' }]);
  });

  test('a policy that is missing', async () => {
    expect(await differing(aws, 'policy')).toEqual([{ who: 'the Job with s3-reader-sa', got: 'Failed: AccessDenied' }]);
  });

  test('a policy that allows too much', async () => {
    expect(await differing(aws, 'too much')).toEqual([
      { who: 's3-reader-sa, as its role', got: 'allowed' },
      { who: 's3-reader-sa, as its role', got: 'allowed' },
    ]);
  });

  test('a hop limit that lets pods reach their node', async () => {
    expect(await differing(aws, 'hop limit')).toEqual([{ who: 'a Job without a service account', got: 'Failed: AccessDenied' }]);
  });

  test('a node that may do what its pods may', async () => {
    expect(await differing(aws, 'node')).toEqual([{ who: 'the node, as its role', got: 'buckets' }]);
  });
});

describe('a real Kubernetes is a judge, too: the deployment fails with', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startForReplay();
  });
  afterAll(() => aws?.stop());

  test.each([
    ['an access entry of another role', 'access entry'],
    ['a token for another cluster', 'token'],
  ])('%s', async (_, broken) => {
    await expect(deployBroken(aws, broken)).rejects.toThrow(
      /^CREATE_FAILED Custom::KubernetesObjects \w+: .*401.*\ncdk deploy IrsaTestStack failed$/);
  });

  test('an access entry for a part of the cluster', async () => {
    await expect(deployBroken(aws, 'access scope')).rejects.toThrow(
      /^CREATE_FAILED AWS::EKS::AccessEntry \w+: the local AWS knows AmazonEKSClusterAdminPolicy for a whole cluster, and not .* for .*'namespace'.*\ncdk deploy IrsaTestStack failed$/);
  });
});
