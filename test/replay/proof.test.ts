import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { LocalAws } from '../../local-aws/local-aws';
import { Jobs } from '../../replay/jobs';
import { isProved, Outcome, prove } from '../../replay/outcome';
import { replayPodIdentity } from '../../replay/pod-identity';
import { replay } from '../../replay/scenario';
import { Templates } from '../../replay/templates';
import { broken, brokenPodIdentity } from '../e2e/broken';
import { BROKEN, BROKEN_POD_IDENTITY } from '../e2e/broken-outcomes';

const folder = mkdtempSync(join(tmpdir(), 'proof-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Stands for a deployment: the attempts of the scenario are made, but nothing is deployed, and all have the same outcome. */
const aws = { folder, control: async () => '', ask: async () => '', aws: async () => ({ code: 0, output: '{"Credentials":{}}' }) } as unknown as LocalAws;
const jobs: Jobs = { wait: async () => ({ succeeded: true, log: '' }), run: async () => ({ succeeded: true, log: '' }), show: async () => '' };

function templatesOf(build: (app: App) => void): Templates {
  const app = new App({ outdir: mkdtempSync(join(folder, 'cdk.out-')) });
  build(app);
  app.synth();
  return new Templates(app.outdir);
}

/** What is proved that differs from what is expected. */
const differing = (outcomes: Outcome[], templates: Templates) => prove(outcomes, templates).filter(isProved)
  .filter(({ proved, expected }) => ![expected, expected.split(':')[0]].includes(proved!)).map(({ who, proved }) => ({ who, got: proved }));

/** A template tells nothing about tokens of other clusters. */
const withoutOthers = (outcomes: { who: string }[]) => outcomes.filter(({ who }) => who !== 'one of another cluster');

describe('the templates of IrsaTestStack', () => {
  test('prove the outcomes of the scenario', async () => {
    const proved = prove((await replay(aws, jobs, '')).outcomes, templatesOf((app) => broken(app, 'nothing')));
    expect(proved.map((outcome) => [outcome.who, outcome.proved])).toEqual([
      ['a Job without a service account', 'Failed: no credentials'],
      ['the Job with s3-reader-sa', 'Complete'],
      ['the node, as its role', 'AccessDenied'],
      ['a token of s3-reader-sa', 'accepted'],
      ['one of another service account', 'AccessDenied'],
      ['one of this name in another namespace', 'AccessDenied'],
      ['one with another audience', 'InvalidIdentityToken'],
      ['an expired one', undefined],
      ['one signed by another key', undefined],
      ['one of another cluster', undefined],
      ['what is not a token at all', undefined],
      ['s3-reader-sa, as its role', 'AccessDenied'],
      ['s3-reader-sa, as its role', 'UnauthorizedOperation'],
    ]);
  });

  test.each(BROKEN)('refute them because of $title', async ({ what, differing: expected }) => {
    const { outcomes } = await replay(aws, jobs, '');
    expect(differing(outcomes, templatesOf((app) => broken(app, what)))).toEqual(withoutOthers(expected));
  });
});

describe('the templates of PodIdentityTestStack', () => {
  test('prove the outcomes of the scenario', async () => {
    const proved = prove((await replayPodIdentity(aws, jobs, '')).outcomes, templatesOf((app) => brokenPodIdentity(app, 'nothing')));
    expect(proved.map((outcome) => [outcome.who, outcome.proved])).toEqual([
      ['the Job with s3-reader-pod-identity', 'Complete'],
      ['a token of s3-reader-pod-identity', 'accepted'],
      ['one of another service account', 'ResourceNotFoundException'],
      ['one of this name in another namespace', 'ResourceNotFoundException'],
      ['one with the audience of IRSA', undefined],
      ['an expired one', undefined],
      ['one signed by another key', undefined],
      ['one of another cluster', undefined],
      ['another role, with forged session tags', 'AccessDenied'],
    ]);
  });

  test.each(BROKEN_POD_IDENTITY)('refute them because of $title', async ({ what, differing: expected }) => {
    const { outcomes } = await replayPodIdentity(aws, jobs, '');
    expect(differing(outcomes, templatesOf((app) => brokenPodIdentity(app, what)))).toEqual(expected);
  });

  test('do not prove that a role refuses other roles if its trust policy admits the whole account', async () => {
    const { outcomes } = await replayPodIdentity(aws, jobs, '');
    expect(differing(outcomes, templatesOf((app) => brokenPodIdentity(app, 'trust')))).toEqual([{ who: 'another role, with forged session tags', got: 'UNKNOWN' }]);
  });
});
