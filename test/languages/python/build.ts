import { dirname, join } from 'node:path';
import { succeed } from '../../../local-aws/commands';
import { step } from '../../../local-aws/steps';
import { VirtualEnvironment } from '../../../local-aws/virtual-environment';
import { ROOT } from '../../documents';
import { Command, environmentIn, PACKAGES } from '../language';

const OFFLINE = ['--no-index', '--no-deps', '--no-build-isolation', '--disable-pip-version-check'];

export async function buildPython(work: string): Promise<Command> {
  const python = await new VirtualEnvironment({
    folder: join(ROOT, 'node_modules', '.cache', 'cdk-irsa-languages'),
    requirements: join(__dirname, 'requirements.txt'),
    title: 'Installing the packages that Python needs, once',
  }).python();
  await step('Installing the package and its command in Python', async () => {
    await succeed(python, ['-m', 'pip', 'wheel', ...OFFLINE, '--wheel-dir', work, join(PACKAGES, 'python')], { env: environmentIn(work) });
    await succeed(python, ['-m', 'pip', 'install', ...OFFLINE, '--force-reinstall', '--find-links', work, 'cdk-irsa'], { env: environmentIn(work) });
    await succeed(join(dirname(python), 'cdk-irsa'), ['access', '--help'], { env: environmentIn(work) });
  });
  return [python, join(__dirname, 'program.py')];
}
