import { join } from 'node:path';
import { localEnvironment } from '../../local-aws/environment';
import { ROOT } from '../documents';

/** Where `jsii-pacmak` writes the packages: a folder for each language. */
export const PACKAGES = join(ROOT, 'dist');

/** The command that runs the program of a language. */
export type Command = [command: string, ...args: string[]];

/** Compiles the package of a language and the program that uses it, in a folder that is deleted afterwards. */
export type Build = (work: string) => Promise<Command>;

/** The environment of what is built and run: temporary files go to the folder, because jsii leaves some. */
export const environmentIn = (work: string): NodeJS.ProcessEnv => ({
  ...localEnvironment({ downloads: true }),
  TMPDIR: work,
  MAVEN_OPTS: `${process.env.MAVEN_OPTS ?? ''} -Djava.io.tmpdir=${work}`,
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', // the oldest that this library supports, as in projenrc/tasks.ts
});
