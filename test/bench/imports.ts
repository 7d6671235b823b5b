import { evaluate, inTurns } from './runs';
import { median, table } from './table';

const SCRIPT = `
  const before = process.cpuUsage();
  process.argv.slice(1).forEach((name) => require(name));
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1e3);
`;

const IMPORTS = [
  ['aws-cdk-lib', 'aws-cdk-lib'],
  ['aws-cdk-lib and aws-eks-v2', 'aws-cdk-lib', 'aws-cdk-lib/aws-eks-v2'],
  ['aws-cdk-lib and cdk-irsa', 'aws-cdk-lib', './build'],
];

export async function imports(): Promise<string> {
  const times = await inTurns(...IMPORTS.map(([, ...names]) => () => evaluate<number>(SCRIPT, ...names)));
  return table(['imported', 'CPU'], IMPORTS.map(([title], i) => [title, `${Math.round(median(times[i]))} ms`]));
}
