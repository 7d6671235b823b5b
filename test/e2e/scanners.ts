import { dirname, join, resolve } from 'node:path';
import { CACHE, makeCache } from '../../local-aws/cache';
import { VirtualEnvironment } from '../../local-aws/virtual-environment';

/** Tools that read templates, which .ci/ pins. */
export type Scanner = 'cfn-lint' | 'cfn-policy-validator';

/** Installs a scanner once on this machine, and returns the path of its program. */
export async function scanner(name: Scanner): Promise<string> {
  makeCache();
  const python = await new VirtualEnvironment({
    folder: join(CACHE, name),
    requirements: resolve(__dirname, '..', '..', '.ci', `${name}.txt`),
    title: `Installing ${name}, once`,
  }).python();
  return join(dirname(python), name);
}
