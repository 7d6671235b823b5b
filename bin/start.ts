/** The main job, once the packages are there: shows what a stack makes, deploys it to a local AWS, and sees who may do what. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { REGION } from './context';
import { Example } from './examples/example';
import { HELP, Options, optionsOf } from './options';
import { otherVersion, summarize } from './summary';
import { Template } from './template';
import { pageHtml } from '../lib/page/page-html';
import { PodAccess } from '../lib/verification';
import { Failure, run } from '../local-aws/commands';
import { bootstrap } from '../local-aws/deployments';
import { localEnvironment, withoutConfiguration } from '../local-aws/environment';
import { builtKubernetes, KUBERNETES } from '../local-aws/kubernetes';
import { LocalAws } from '../local-aws/local-aws';
import { runProgram } from '../local-aws/program';
import { python } from '../local-aws/python';
import { step } from '../local-aws/steps';
import { findPython } from '../local-aws/virtual-environment';
import { asExpected, asProved, Outcome, summary, table } from '../replay/outcome';
import { makeBuckets } from '../replay/scenario';

const ROOT = resolve(__dirname, '..');

/** Of this run alone, so that runs side by side do not disturb each other. */
const folder = mkdtempSync(join(tmpdir(), 'cdk-irsa-'));
process.env.TMPDIR = folder; // of all that runs for it
delete process.env.TSX_DISABLE_CACHE; // its cache is in there from now on
let aws: LocalAws | undefined;

async function main(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const { example, keep } = options;
  const next = nextStep(example);
  const app = await step(`cdk synth ${example.stack}`, () => synthesize(options, 'app'));
  const template = showTemplate(example, app);
  const missing = missingFor(example);
  if (missing) {
    console.log(`To see it deployed to a local AWS, ${missing} and run npm start again.\n${next}`);
    return 0;
  }
  const outcomes = await replayed(options, app, template);
  console.log(`\n${table(outcomes)}\n\n${summary(outcomes)}`);
  if (!builtKubernetes()) {
    console.log('Here the cluster was a record. For a real Kubernetes in its place: npm run kubernetes (needs Go 1.26 or later), and npm start again');
  }
  if (keep) {
    await left(aws!, example);
    await aws!.ended;
  }
  console.log(next);
  return outcomes.every((outcome) => asExpected(outcome) && asProved(outcome)) ? 0 : 1;
}

function nextStep({ stack, appArgs }: Example): string {
  return `Next, with AWS credentials:  npx cdk deploy ${[stack, ...appArgs.map(quoted)].join(' ')} -c adminPrincipalArn=<ARN of your IAM role or user>`;
}

/** What must be installed or built before the example can be deployed. */
function missingFor({ needsKubernetes }: Example): string | undefined {
  if (!findPython()) {
    return 'install Python 3.10 or later';
  }
  return needsKubernetes && !builtKubernetes() ? 'build a real Kubernetes with npm run kubernetes, which needs Go 1.26 or later,' : undefined;
}

/** The cloud assembly of the app. It does not depend on who asks: no credentials are looked for, and no account is asked. */
async function synthesize({ example, cdkArgs }: Options, name: string, args: string[] = []): Promise<string> {
  const output = join(folder, name);
  const env = { ...localEnvironment(), ...withoutConfiguration(join(folder, 'nowhere')), AWS_EC2_METADATA_DISABLED: 'true' };
  const cdk = join('node_modules', 'aws-cdk', 'bin', 'cdk');
  const synth = [cdk, 'synth', example.last, '--quiet', '--output', output, '--ci', '--no-notices', ...example.appArgs, ...cdkArgs, ...args];
  const { code, output: said } = await run(process.execPath, synth, { cwd: ROOT, env });
  if (code !== 0) {
    // the app says what is wrong, and the CLI after it that the app has failed
    throw new Failure(said.split('\n').filter((line) => !/Subprocess exited with error/.test(line)).join('\n').trim());
  }
  process.stderr.write(said.trim() && `\n${said.trim()}\n\n`);
  return output;
}

function showTemplate({ stack }: Example, app: string): Template {
  const file = `${stack}.template.json`;
  mkdirSync(join(ROOT, 'cdk.out'), { recursive: true });
  copyFileSync(join(app, file), join(ROOT, 'cdk.out', file));
  const template = JSON.parse(readFileSync(join(app, file), 'utf8'));
  const page = writePage(stack, app);
  console.log(`\n${stack} in ${join('cdk.out', file)}\nWho can do what, to look at in a browser: ${page}\n\n${summarize(template, REGION)}`);
  return template;
}

/** The page of the app. Returns where it is. */
function writePage(stack: string, app: string): string {
  const page = join('cdk.out', `${stack}.html`);
  writeFileSync(join(ROOT, page), pageHtml(PodAccess.fromAssembly(app)._internal.graph('cdk.out')));
  return page;
}

async function replayed(options: Options, app: string, template: Template): Promise<Outcome[]> {
  const { example, keep } = options;
  const { stack, variant: { title, args } = {} } = example;
  const variant = args ? await step(`cdk synth ${stack}, ${title}`, () => synthesize(options, 'variant', args)) : app;
  const local = aws = await startAws(template);
  const during = <T>(what: string, work: () => Promise<T>) => step(what, () => local.during(work()));
  await during('cdk bootstrap', () => bootstrap(local));
  return example.replay({ aws: local, app, variant, keep, during });
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

/** Says how to get at what stays. */
async function left(local: LocalAws, { cluster }: Example): Promise<void> {
  const { kubeconfig } = await local.control({ do: 'describe_cluster', name: cluster });
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
