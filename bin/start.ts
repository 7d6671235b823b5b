/** The main job, once the packages are there: shows what IrsaTestStack makes, deploys it to a local AWS, and sees who may do what. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { REGION } from './context';
import { HELP, optionsOf } from './options';
import { otherVersion, summarize } from './summary';
import { Template } from './template';
import { Failure, run } from '../local-aws/commands';
import { bootstrap, deploy, outputsOf } from '../local-aws/deployments';
import { localEnvironment, withoutConfiguration } from '../local-aws/environment';
import { builtKubernetes, KUBERNETES } from '../local-aws/kubernetes';
import { LocalAws } from '../local-aws/local-aws';
import { runProgram } from '../local-aws/program';
import { python } from '../local-aws/python';
import { step } from '../local-aws/steps';
import { findPython } from '../local-aws/virtual-environment';
import { jobsOf } from '../replay/jobs';
import { asExpected, asProved, Outcome, prove, summary, table } from '../replay/outcome';
import { replayPodIdentity } from '../replay/pod-identity';
import { makeBuckets, replay, replayWithImds } from '../replay/scenario';
import { Templates } from '../replay/templates';

const ROOT = resolve(__dirname, '..');
const STACK = 'IrsaTestStack';
/** Deployed after it, into its cluster. */
const POD_IDENTITY_STACK = 'PodIdentityTestStack';
const NEXT = `Next, with AWS credentials:  npx cdk deploy ${STACK} -c adminPrincipalArn=<ARN of your IAM role or user>`;

/** Of this run alone, so that runs side by side do not disturb each other. */
const folder = mkdtempSync(join(tmpdir(), 'cdk-irsa-'));
process.env.TMPDIR = folder; // of all that runs for it
delete process.env.TSX_DISABLE_CACHE; // its cache is in there from now on
let aws: LocalAws | undefined;

async function main(args: string[]): Promise<number> {
  const { keep, help, cdkArgs } = optionsOf(args);
  if (help) {
    console.log(HELP);
    return 0;
  }
  const app = await step(`cdk synth ${STACK}`, () => synthesize('app', cdkArgs));
  const template = show(app);
  if (!findPython()) {
    console.log(`To see it deployed to a local AWS, install Python 3.10 or later and run npm start again.\n${NEXT}`);
    return 0;
  }
  const withImds = await step(`cdk synth ${STACK}, with podImdsAccess: true`, () => synthesize('imds', [...cdkArgs, '-c', 'podImdsAccess=true']));
  aws = await startAws(template);
  const outcomes = await replayed(aws, app, withImds, keep);
  console.log(`\n${table(outcomes)}\n\n${summary(outcomes)}`);
  if (!builtKubernetes()) {
    console.log('Here the cluster was a record. For a real Kubernetes in its place: npm run kubernetes (needs Go 1.26 or later), and npm start again');
  }
  if (keep) {
    await left(aws);
    await aws.ended;
  }
  console.log(NEXT);
  return outcomes.every((outcome) => asExpected(outcome) && asProved(outcome)) ? 0 : 1;
}

/** The cloud assembly of the app. It does not depend on who asks: no credentials are looked for, and no account is asked. */
async function synthesize(name: string, args: string[]): Promise<string> {
  const output = join(folder, name);
  const env = { ...localEnvironment(), ...withoutConfiguration(join(folder, 'nowhere')), AWS_EC2_METADATA_DISABLED: 'true' };
  const cdk = join('node_modules', 'aws-cdk', 'bin', 'cdk');
  const { code, output: said } = await run(process.execPath, [cdk, 'synth', POD_IDENTITY_STACK, '--quiet', '--output', output, '--ci', '--no-notices', ...args], { cwd: ROOT, env });
  if (code !== 0) {
    // the app says what is wrong, and the CLI after it that the app has failed
    throw new Failure(said.split('\n').filter((line) => !/Subprocess exited with error/.test(line)).join('\n').trim());
  }
  process.stderr.write(said.trim() && `\n${said.trim()}\n\n`);
  return output;
}

function show(app: string): Template {
  const file = `${STACK}.template.json`;
  mkdirSync(join(ROOT, 'cdk.out'), { recursive: true });
  copyFileSync(join(app, file), join(ROOT, 'cdk.out', file));
  const template = JSON.parse(readFileSync(join(app, file), 'utf8'));
  console.log(`\n${STACK} in ${join('cdk.out', file)}\n\n${summarize(template, REGION)}`);
  return template;
}

async function startAws(template: Template): Promise<LocalAws> {
  const kubernetes = builtKubernetes();
  const other = kubernetes && otherVersion(template, KUBERNETES);
  if (other) {
    console.log(other);
  }
  const program = await python();
  return step(`Starting a local AWS, in which a cluster is a ${kubernetes ? `real Kubernetes ${KUBERNETES}` : 'record'}`, async () => {
    const local = await LocalAws.start({ python: program, kubernetes });
    await makeBuckets(local);
    return local;
  });
}

async function replayed(local: LocalAws, app: string, withImds: string, keep: boolean): Promise<Outcome[]> {
  const during = <T>(title: string, work: () => Promise<T>) => step(title, () => local.during(work()));
  await during('cdk bootstrap', () => bootstrap(local));
  await during(`cdk deploy ${STACK}`, () => deploy(local, STACK, ['--app', app]));
  const { ReaderRoleArn } = await outputsOf(local, STACK);
  const jobs = await jobsOf(local, 'irsa-test');
  const first = await during('Jobs, the node, and attacks', () => replay(local, jobs, ReaderRoleArn));
  await during(`cdk deploy ${POD_IDENTITY_STACK}`, () => deploy(local, POD_IDENTITY_STACK, ['--app', app]));
  const { ReaderRoleArn: podIdentityRoleArn } = await outputsOf(local, POD_IDENTITY_STACK);
  const podIdentity = await during('The same Job with EKS Pod Identity, and attacks', () => replayPodIdentity(local, jobs, podIdentityRoleArn));
  await during(`cdk deploy ${STACK}, with podImdsAccess: true`, () => deploy(local, STACK, ['--app', withImds]));
  const second = await during('A Job that reaches the metadata of its node', () => replayWithImds(jobs));
  console.log(`\n${await jobs.show([...first.logs, ...podIdentity.logs, ...second.logs])}`);
  if (keep) {
    await during(`cdk deploy ${STACK}, as it was`, () => deploy(local, STACK, ['--app', app]));
  }
  const [withoutAccount, ...others] = prove([...first.outcomes, ...podIdentity.outcomes], new Templates(app));
  return [withoutAccount, ...prove(second.outcomes, new Templates(withImds)), ...others];
}

/** Says how to get at what stays. */
async function left(local: LocalAws): Promise<void> {
  const { kubeconfig } = await local.control({ do: 'describe_cluster', name: 'irsa-test' });
  const variables = Object.entries<string>({ ...local.environment, ...kubeconfig && { KUBECONFIG: kubeconfig } });
  console.log([
    `\nAll of it stays until Ctrl-C. For aws, cdk${kubeconfig ? ' and kubectl' : ''} in another terminal:\n`,
    "for name in $(env | sed -n 's/^\\(AWS_[^=]*\\)=.*/\\1/p'); do unset $name; done",
    ...variables.map(([name, value]) => `export ${name}=${quoted(value)}`),
    'export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1',
    `export PATH=${quoted(local.programs)}:"$PATH"\n`,
  ].join('\n'));
}

const quoted = (value: string) => (/^[\w./:-]+$/.test(value) ? value : `'${value.replace(/'/g, "'\\''")}'`);

runProgram(() => main(process.argv.slice(2)), async () => {
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
