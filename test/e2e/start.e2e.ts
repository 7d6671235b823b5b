import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { NpmStart } from './npm-start';
import { TestRun } from './runs';
import { KUBERNETES } from '../../local-aws/kubernetes';
import { blocksOf, elided } from '../documents';

const start = new NpmStart();
/** Without what differs from run to run. */
const timeless = (text: string) => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<date>').replace(/\b(\d+[hms])+\b|\d+ s\b/g, '<time>').replace(/(s3-listonly[a-z0-9-]*-)[a-z0-9]{5}\b/g, '$1<pod>').replace(/ +/g, ' ');
/** The text block of a document that starts with these words. */
const block = (document: string, words: string) => blocksOf(document, 'text').map(timeless).find((text) => text.startsWith(words))!;

/** Settings of a user that break the tools that npm start runs, if they are passed on. */
const NOWHERE = 'http://127.0.0.1:9';
const HOSTILE = {
  HTTP_PROXY: NOWHERE,
  HTTPS_PROXY: NOWHERE,
  ALL_PROXY: NOWHERE,
  http_proxy: NOWHERE,
  https_proxy: NOWHERE,
  NODE_USE_ENV_PROXY: '1',
  AWS_PROFILE: 'missing',
  AWS_ENDPOINT_URL_S3: NOWHERE,
  AWS_CA_BUNDLE: '/nowhere',
  CDK_DEFAULT_ACCOUNT: '210987654321',
  PYTHONSAFEPATH: '1',
  PYTHONHOME: '/nowhere',
  PYTHONPATH: '/nowhere',
};

test('npm start ends with outcomes as the documents show, with records, and in parallel with a real Kubernetes, proxies, an AWS profile and settings for Python', async () => {
  const runs = [start.run(start.records), start.run(HOSTILE)];
  for (const run of runs) {
    expect({ code: await run.ended, errors: run.errors, output: run.output }).toEqual({ code: 0, errors: '', output: expect.any(String) });
  }
  const [withRecords, withKubernetes] = runs.map(({ output }) => timeless(output));
  expect(withRecords).toMatch(elided(block('README.md', 'cdk synth ')));
  expect(withKubernetes).toMatch(/job.batch\/s3-listonly Complete 1\/1 .*All 23 outcomes are as expected\.\nThe templates prove 15 of them, and the deployment agrees\.\n/s);
  const shown = block('docs/example.md', '$ kubectl get jobs,pods\n');
  expect(withKubernetes.split('\n')).toEqual(expect.arrayContaining(shown.split('\n'))); // names of pods order them anew each time
  expect(await Promise.all(runs.map((run) => run.leftovers()))).toEqual([[], []]);
  expect(start.files()).toEqual([]);
});

test('an outcome that differs is marked, and makes npm start fail', async () => {
  const run = start.run(start.records, ['-c', 'allowPodImdsAccess=true']);
  expect(await run.ended).toBe(1);
  expect(run.output).toMatch(/^a Job without a service account +aws s3 ls +Failed: no credentials +Failed: AccessDenied +Failed: AccessDenied +<-- differs$/m);
  expect(run.output).toMatch(/^1 of 23 outcomes differ from what is expected\.\nThe templates prove 15 of them, and the deployment agrees\.$/m);
});

test('a stack with another version than the real Kubernetes is noticed, and one that is deployed to a record is not', async () => {
  const older = ['-c', 'kubernetesVersion=1.35'];
  const runs = [start.run({}, older), start.run(start.records, older)];
  await Promise.all(runs.map((run) => run.says('Starting a local AWS')));
  expect(runs.map(({ output }) => /^.*the local Kubernetes.*$/m.exec(output)?.[0])).toEqual([
    `The stack has Kubernetes 1.35, but the local Kubernetes is always ${KUBERNETES}.`, undefined,
  ]);
  runs.forEach((run) => run.interrupt());
  expect(await Promise.all(runs.map((run) => run.ended))).toEqual([130, 130]);
});

describe('npm start -- --keep', () => {
  test('keeps the local AWS running until Ctrl-C, and shows how to use it', async () => {
    const run = start.run({}, ['--keep']);
    await run.says('export PATH=');
    expect(run.output).toContain('All 23 outcomes are as expected.\nThe templates prove 15 of them, and the deployment agrees.\n');
    const [commands] = /^for name in .*export PATH=[^\n]*$/ms.exec(run.output)!;
    const other = 'aws s3 ls && aws sts get-caller-identity --query Account && kubectl';
    const kubectl = join(start.temporary, 'kubectl');
    writeFileSync(kubectl, '#!/bin/sh\nexec cat "$KUBECONFIG"\n');
    chmodSync(kubectl, 0o755);
    const program = `require("child_process").spawnSync("sh", ["-c", ${JSON.stringify(`${commands}\n${other}`)}], { stdio: "inherit" })`;
    const terminal = new TestRun(['-e', program], {
      AWS_PROFILE: 'missing',
      AWS_SESSION_TOKEN: 'old',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      http_proxy: 'http://127.0.0.1:9',
      no_proxy: 'example.com',
      PATH: `${start.temporary}:${process.env.PATH}`,
    });
    expect({ code: await terminal.ended, errors: terminal.errors }).toEqual({ code: 0, errors: '' });
    expect(terminal.output).toMatch(/ first-bucket\n.*"123456789012"\n.*"server": "https:\/\/127\.0\.0\.1:/s);
    run.interrupt();
    expect(await run.ended).toBe(130);
    expect(await run.leftovers()).toEqual([]);
    expect(start.files()).toEqual(['kubectl']);
  });

  test('ends when the local AWS ends', async () => {
    const run = start.run(start.records, ['--keep']);
    await run.says('export PATH=');
    process.kill(await run.runs('local_aws.py'), 'SIGKILL');
    expect(await run.ended).toBe(1);
    expect(run.errors).toMatch(/\nthe local AWS has ended by itself\n$/);
    expect(await run.leftovers()).toEqual([]);
  });
});

test('a control plane that does not start shows the end of its log', async () => {
  const { LOCAL_AWS_KUBERNETES: kubernetes } = process.env;
  const fake = join(start.temporary, 'cache', 'cdk-irsa', basename(kubernetes!));
  mkdirSync(dirname(fake), { recursive: true });
  writeFileSync(fake, '#!/bin/sh\necho "no room for etcd" >&2\nexit 1\n');
  chmodSync(fake, 0o755);
  const run = start.run(start.records);
  expect(await run.ended).toBe(1);
  expect(run.errors).toMatch(/^CREATE_FAILED AWS::EKS::Cluster \w+: kube-apiserver did not start; the end of its log:\nno room for etcd\ncdk deploy IrsaTestStack failed\n$/);
  expect(await run.leftovers()).toEqual([]);
});
