import { evaluate, inTurns } from './runs';
import { median, table } from './table';

const SCRIPT = `
  const before = process.cpuUsage();
  process.argv.slice(1).map((name) => name.split('#')).forEach(([name, ...used]) => used.map((each) => require(name)[each]));
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1e3);
`;

/** With what an app uses of each module, which they load only then. */
const IMPORTS = [
  ['aws-cdk-lib', 'aws-cdk-lib#App#Stack'],
  ['aws-cdk-lib and aws-eks-v2', 'aws-cdk-lib#App#Stack', 'aws-cdk-lib/aws-eks-v2#Cluster#ServiceAccount'],
  ['aws-cdk-lib and cdk-irsa', 'aws-cdk-lib#App#Stack', './build#IrsaCluster#ServiceAccountWithRole'],
];

export async function imports(): Promise<string> {
  const times = await inTurns(IMPORTS.map(([, ...names]) => () => evaluate<number>(SCRIPT, ...names)));
  return table(['imported', 'CPU'], IMPORTS.map(([title], i) => [title, `${Math.round(median(times[i]))} ms`]));
}
