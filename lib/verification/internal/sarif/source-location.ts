import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A line of a file, relative to the root of the repository. */
export interface SourceLine {
  readonly uri: string;
  readonly line: number;
}

/**
 * The line of TypeScript that created a construct: the innermost call in the repository and not in its packages. Without one, the first line of `cdk.json`,
 * because GitHub shows alerts only at lines of files of the repository, and the templates are not in it.
 */
export function sourceLine(creationStack: readonly string[]): SourceLine {
  const root = repositoryOf(process.cwd());
  const [line] = creationStack.flatMap((frame) => lineOfFrame(frame, root));
  return line ?? { uri: uriFrom(root, join(process.cwd(), 'cdk.json')), line: 1 };
}

/** The folder in which the program runs, relative to the root of the repository: a repository can have several apps. */
export const folderInRepository = (): string => uriFrom(repositoryOf(process.cwd()), process.cwd());

/** The folder with the metadata of Git, which is a file in a worktree. */
function repositoryOf(folder: string): string {
  for (let parent = folder; parent !== dirname(parent); parent = dirname(parent)) {
    if (existsSync(join(parent, '.git'))) {
      return parent;
    }
  }
  return folder;
}

/** A call, such as `new App (/repository/lib/app.ts:6:3)`. What a compiler has made is usually not in the repository. */
const FRAME = /^(?:.*? \()?(.+\.[cm]?tsx?):(\d+):\d+\)?$/;

function lineOfFrame(frame: string, root: string): SourceLine[] {
  const [, path, line] = FRAME.exec(frame) ?? [];
  const file = path?.startsWith('file:') ? fileOfUrl(path) : path;
  const isOwn = file !== undefined && isAbsolute(file) && isWithin(root, file) && !file.split(sep).includes('node_modules');
  return isOwn ? [{ uri: uriFrom(root, file), line: Number(line) }] : [];
}

/** Undefined for a URL that names no file of this machine. */
function fileOfUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

const isWithin = (root: string, file: string): boolean => {
  const path = relative(root, file);
  return !isAbsolute(path) && path.split(sep)[0] !== '..'; // on another drive of Windows, the path stays absolute
};

/** A cloud assembly can name files with characters that no URI can have, which Buffer replaces. */
const uriFrom = (root: string, file: string): string => Buffer.from(relative(root, file)).toString().split(sep).map(encodeURIComponent).join('/');
