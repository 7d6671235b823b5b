// npm run languages: generates the packages for other languages, and runs in each the program of TypeScript, whose templates it must synthesize.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGo } from './go/build';
import { buildJava } from './java/build';
import { Build, Command, environmentIn, PACKAGES } from './language';
import { buildPython } from './python/build';
import { templateDifferences } from './templates';
import { Failure, succeed } from '../../local-aws/commands';
import { runProgram } from '../../local-aws/program';
import { step } from '../../local-aws/steps';
import { ROOT } from '../documents';

const LANGUAGES: { readonly [name: string]: Build } = { Python: buildPython, Java: buildJava, Go: buildGo };

/** The folders that `jsii-pacmak` writes. Nobody has compiled what it generates for .NET, whose packages come from another registry. */
const GENERATED = ['python', 'java', 'go', 'dotnet'];

const temporary = mkdtempSync(join(tmpdir(), 'cdk-irsa-'));

function newFolder(name: string): string {
  const folder = join(temporary, name);
  mkdirSync(folder);
  return folder;
}

async function generate(): Promise<void> {
  GENERATED.forEach((target) => rmSync(join(PACKAGES, target), { recursive: true, force: true }));
  const pacmak = join(ROOT, 'node_modules', '.bin', 'jsii-pacmak');
  await succeed(pacmak, ['--code-only', '--targets', ...GENERATED, '--outdir', PACKAGES], { cwd: ROOT, env: environmentIn(temporary) });
  const missing = GENERATED.filter((target) => !existsSync(join(PACKAGES, target)));
  if (missing.length > 0) {
    throw new Failure(`jsii-pacmak has generated nothing for ${missing.join(', ')}`);
  }
}

/** Runs a program, and returns the folder of the cloud assembly that it synthesizes. */
async function synthesize(language: string, work: string, [command, ...args]: Command): Promise<string> {
  const assembly = newFolder(`${language}-assembly`);
  await step(`Synthesizing in ${language}`, () => succeed(command, args, { cwd: ROOT, env: { ...environmentIn(work), CDK_OUTDIR: assembly } }));
  return assembly;
}

runProgram(async () => {
  await step('Generating the packages for Python, Java, Go and .NET', generate);
  const program = join(__dirname, 'typescript', 'program.ts');
  const expected = await synthesize('TypeScript', newFolder('TypeScript'), [process.execPath, '--import', join(ROOT, 'bin', 'tsx.mjs'), program]);
  let status = 0;
  for (const [language, build] of Object.entries(LANGUAGES)) {
    const work = newFolder(language);
    const differences = templateDifferences(expected, await synthesize(language, work, await build(work)));
    if (differences.length > 0) {
      status = 1;
    }
    console.log([`${language}: the templates ${differences.length > 0 ? 'differ' : 'are those of TypeScript'}`, ...differences].join('\n  '));
  }
  console.log('.NET: the package is generated, and nothing of it is compiled or run');
  return status;
}, async () => rmSync(temporary, { recursive: true, force: true }));
