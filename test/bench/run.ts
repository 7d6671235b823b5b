// npm run bench: measures this library and aws-eks-v2, and prints the figures of docs/performance.md. With --write, it writes them there.
import { cpus } from 'node:os';
import { version } from 'aws-cdk-lib/package.json';
import { accessProofs } from './access';
import { Applying } from './applying';
import { comparisons } from './comparison';
import { boundsTable } from './figures';
import { imports } from './imports';
import { findKubectl } from './kubectl';
import { writeFigures } from './page';
import { pluginRuns } from './plugin';
import { ROOT } from './runs';
import { syntheses } from './syntheses';
import { Failure, succeed } from '../../local-aws/commands';
import { builtKubernetes, KUBERNETES } from '../../local-aws/kubernetes';
import { LocalAws } from '../../local-aws/local-aws';
import { runProgram } from '../../local-aws/program';
import { python } from '../../local-aws/python';

let aws: LocalAws | undefined;
let applying: Applying | undefined;

async function appliedObjects(): Promise<string> {
  const kubernetes = builtKubernetes();
  if (!kubernetes) {
    return 'Skipped, because there is no local Kubernetes: `npm run kubernetes` builds it.';
  }
  const kubectl = await findKubectl();
  aws = await LocalAws.start({ python: await python(), kubernetes });
  const cluster = await aws.startCluster('bench');
  applying = new Applying(cluster, await cluster.functionEnvironment(), kubectl?.path);
  return `Kubernetes ${KUBERNETES}, ${kubectl ? `kubectl ${kubectl.version}` : 'without kubectl, because none was found'}:\n\n${await aws.during(applying.table())}`;
}

/** What was measured, when, and where. */
async function occasion(): Promise<string> {
  const commit = (await succeed('git', ['describe', '--always', '--dirty'], { cwd: ROOT })).trim();
  const [{ model }, ...others] = cpus();
  return `Commit ${commit}, ${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, aws-cdk-lib ${version}, ${others.length + 1} processors (${model.trim()})`;
}

const section = (title: string, text: string) => `### ${title}\n\n${text}`;

runProgram(async () => {
  const [option, ...rest] = process.argv.slice(2);
  if (rest.length > 0 || ![undefined, '--write'].includes(option)) {
    throw new Failure('npm run bench -- [--write]');
  }
  const head = await occasion();
  const { counts, measured } = await syntheses();
  const sections = [
    section('Templates', counts),
    section('Synthesis', measured),
    section('Import', await imports()),
    section('Proof of access', await accessProofs()),
    section('Validation plugin', await pluginRuns()),
    section('Comparison', await comparisons()),
    section('Applying objects', await appliedObjects()),
    section('Upper bounds', boundsTable()),
  ];
  const figures = [head, ...sections].join('\n\n');
  console.log(figures);
  if (option) {
    writeFigures(figures);
  }
  return 0;
}, async () => {
  applying?.end();
  await aws?.stop();
});
