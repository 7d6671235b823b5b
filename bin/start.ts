/** The main job, once the packages are there: shows what IrsaTestStack makes, deploys it to a local AWS, and sees who may do what. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { summarize } from './summary';
import { endCommands, Failure, run } from '../test/local-aws/commands';
import { bootstrap, deploy, outputsOf } from '../test/local-aws/deployments';
import { builtKubernetes } from '../test/local-aws/kubernetes';
import { LocalAws } from '../test/local-aws/local-aws';
import { findPython, python } from '../test/local-aws/python';
import { step } from '../test/local-aws/steps';
import { jobsOf } from '../test/replay/jobs';
import { asExpected, Outcome, table } from '../test/replay/outcome';
import { makeBuckets, replay, replayWithImds } from '../test/replay/scenario';

const ROOT = resolve(__dirname, '..');
const STACK = 'IrsaTestStack';
const NEXT = `Next, with AWS credentials:  npx cdk deploy ${STACK} -c adminPrincipalArn=<ARN of your IAM role or user>`;

/** Of this run alone, so that runs side by side do not disturb each other. */
const folder = mkdtempSync(join(tmpdir(), 'cdk-irsa-'));
process.env.TMPDIR = folder; // of all that runs for it
let aws: LocalAws | undefined;
let ending = false;

async function main(args: string[]): Promise<number> {
  const keep = args.includes('--keep');
  const cdkArgs = args.filter((arg) => arg !== '--keep');
  const app = await step(`cdk synth ${STACK}`, () => synthesize('app', cdkArgs));
  show(app);
  if (!findPython()) {
    console.log(`To see it deployed to a local AWS, install Python 3.10 or later and run npm start again.\n${NEXT}`);
    return 0;
  }
  const outcomes = await onLocalAws(app, await step(`cdk synth ${STACK}, with podImdsAccess: true`, () => synthesize('imds', [...cdkArgs, '-c', 'podImdsAccess=true'])), keep);
  const differing = outcomes.filter((outcome) => !asExpected(outcome)).length;
  console.log(`\n${table(outcomes)}\n`);
  console.log(differing ? `${differing} of ${outcomes.length} outcomes differ from what is expected` : `All ${outcomes.length} outcomes are as expected.`);
  if (!builtKubernetes()) {
    console.log('Here the cluster was a record. For a real Kubernetes in its place: npm run kubernetes (needs Go 1.26 or later), and npm start again');
  }
  if (keep) {
    await left(aws!);
  }
  console.log(NEXT);
  return differing ? 1 : 0;
}

/** The cloud assembly of the app. It does not depend on who asks: no credentials are looked for, and no account is asked. */
async function synthesize(name: string, args: string[]): Promise<string> {
  const output = join(folder, name);
  const others = Object.entries(process.env).filter(([variable]) => !/^(AWS|CDK)_/.test(variable));
  const nowhere = join(folder, 'nowhere');
  const env = { ...Object.fromEntries(others), AWS_CONFIG_FILE: nowhere, AWS_SHARED_CREDENTIALS_FILE: nowhere, AWS_EC2_METADATA_DISABLED: 'true' };
  const cdk = join('node_modules', 'aws-cdk', 'bin', 'cdk');
  const { code, output: said } = await run(process.execPath, [cdk, 'synth', STACK, '--quiet', '--output', output, '--ci', ...args], { cwd: ROOT, env });
  if (code !== 0) {
    // the app says what is wrong, and the CLI after it that the app has failed
    throw new Failure(said.split('\n').filter((line) => !/Subprocess exited with error/.test(line)).join('\n').trim());
  }
  process.stderr.write(said.trim() && `\n${said.trim()}\n\n`);
  return output;
}

function show(app: string): void {
  const template = join('cdk.out', `${STACK}.template.json`);
  mkdirSync(join(ROOT, dirname(template)), { recursive: true });
  copyFileSync(join(app, `${STACK}.template.json`), join(ROOT, template));
  console.log(`\n${STACK} in ${template}\n\n${summarize(JSON.parse(readFileSync(join(ROOT, template), 'utf8')))}`);
}

async function onLocalAws(app: string, withImds: string, keep: boolean): Promise<Outcome[]> {
  const kubernetes = builtKubernetes();
  const program = await python();
  aws = await step(`Starting a local AWS, in which a cluster is a ${kubernetes ? 'real Kubernetes' : 'record'}`, () => LocalAws.start({ python: program, kubernetes }));
  await makeBuckets(aws);
  await step('cdk bootstrap', () => bootstrap(aws!));
  await step(`cdk deploy ${STACK}`, () => deploy(aws!, STACK, ['--app', app]));
  const { ReaderRoleArn } = await outputsOf(aws, STACK);
  const jobs = await jobsOf(aws, 'irsa-test');
  const first = await step('Jobs, the node, and attacks', () => replay(aws!, jobs, ReaderRoleArn));
  await step(`cdk deploy ${STACK}, with podImdsAccess: true`, () => deploy(aws!, STACK, ['--app', withImds]));
  const second = await step('A Job that reaches the metadata of its node', () => replayWithImds(jobs));
  console.log(`\n${await jobs.show([...first.logs, ...second.logs])}`);
  if (keep) {
    await step(`cdk deploy ${STACK}, as it was`, () => deploy(aws!, STACK, ['--app', app]));
  }
  const [withoutAccount, ...others] = first.outcomes;
  return [withoutAccount, ...second.outcomes, ...others];
}

/** Until someone ends this. */
async function left(local: LocalAws): Promise<void> {
  const { kubeconfig } = await local.control({ do: 'describe_cluster', name: 'irsa-test' });
  const variables = Object.entries({ ...local.environment, ...kubeconfig && { KUBECONFIG: kubeconfig } }).map(([name, value]) => `export ${name}=${value}`);
  console.log(`\nAll of it stays until Ctrl-C. For aws, cdk${kubeconfig ? ' and kubectl' : ''} in another terminal:\n\n${variables.join('\n')}\nexport PATH=${local.programs}:$PATH\n`);
  await new Promise(() => setInterval(() => undefined, 60_000));
}

async function end(status: number): Promise<void> {
  if (ending) {
    return; // what fails because all that runs is ended is of no interest
  }
  ending = true;
  await endCommands();
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(status);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (!ending) {
      console.error('\nInterrupted: ending all that runs');
    }
    void end(130);
  });
}
main(process.argv.slice(2)).then(end, (error) => {
  if (!ending) {
    console.error(error instanceof Failure ? error.message : error);
  }
  return end(1);
});
