import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, succeed } from '../../../local-aws/commands';
import { step } from '../../../local-aws/steps';
import { Command, environmentIn, PACKAGES } from '../language';

const MAIN = join(PACKAGES, 'java', 'src', 'main');

/** Without Maven, which would resolve ranges of versions, and also make the documentation. */
export async function buildJava(work: string): Promise<Command> {
  const env = environmentIn(work);
  const jars = join(work, 'jars');
  await step('Copying the jars that Java needs, or downloading them', async () => {
    await succeed('mvn', ['--batch-mode', '--quiet', `--file=${join(__dirname, 'pom.xml')}`, 'dependency:copy', `-DoutputDirectory=${jars}`], { env });
    checkJars(jars);
  });
  const classes = join(work, 'classes');
  const sources = readdirSync(join(MAIN, 'java'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.java'));
  await step('Compiling the package and the program in Java', () => succeed('javac', [
    '-nowarn', '-proc:none', '-d', classes, '-classpath', join(jars, '*'), ...sources.map((file) => join(MAIN, 'java', file)), join(__dirname, 'Program.java'),
  ], { env }));
  return ['java', `-Djava.io.tmpdir=${work}`, '-classpath', [classes, join(MAIN, 'resources'), join(jars, '*')].join(':'), 'Program'];
}

/** @throws unless the jars are those of `jars.sha256`. */
function checkJars(folder: string): void {
  const sum = (file: string) => createHash('sha256').update(readFileSync(join(folder, file))).digest('hex');
  const actual = readdirSync(folder).sort().map((file) => `${sum(file)}  ${file}\n`).join('');
  if (actual !== readFileSync(join(__dirname, 'jars.sha256'), 'utf8')) {
    throw new Failure(`the jars of test/languages/java/pom.xml are not those of jars.sha256, but\n${actual}`);
  }
}
