// npm run bench: measures this library and aws-eks-v2, and prints the tables of docs/performance.md.
import { availableParallelism } from 'node:os';
import { version } from 'aws-cdk-lib/package.json';
import { accessProofs } from './access';
import { Applying } from './applying';
import { boundsTable } from './figures';
import { imports } from './imports';
import { syntheses } from './syntheses';
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
  aws = await LocalAws.start({ python: await python(), kubernetes });
  const cluster = await aws.startCluster('bench');
  applying = new Applying(cluster, await cluster.functionEnvironment(), process.env.KUBECTL);
  return `Kubernetes ${KUBERNETES}${process.env.KUBECTL ? '' : ', without kubectl, because the environment variable `KUBECTL` is not set'}:\n\n${await aws.during(applying.table())}`;
}

const section = (title: string, text: string) => console.log(`### ${title}\n\n${text}\n`);

runProgram(async () => {
  console.log(`Node.js ${process.version}, aws-cdk-lib ${version}, ${availableParallelism()} processors\n`);
  const { counts, measured } = await syntheses();
  section('Templates', counts);
  section('Synthesis', measured);
  section('Import', await imports());
  section('Proof of access', await accessProofs());
  section('Applying objects', await appliedObjects());
  section('Upper bounds', boundsTable());
  return 0;
}, async () => {
  applying?.end();
  await aws?.stop();
});
