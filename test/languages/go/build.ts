import { join } from 'node:path';
import { succeed } from '../../../local-aws/commands';
import { step } from '../../../local-aws/steps';
import { Command, environmentIn } from '../language';

/** Go keeps what it has compiled of aws-cdk-lib in its build cache. */
export async function buildGo(work: string): Promise<Command> {
  const program = join(work, 'program');
  await step('Compiling the package and the program in Go, which takes minutes once', () =>
    succeed('go', ['build', '-trimpath', '-o', program, '.'], { cwd: __dirname, env: { ...environmentIn(work), CGO_ENABLED: '0' } }));
  return [program];
}
