import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';

/** Lists the files of a copy. Its name starts with a dot, so that tools that scan a folder pass over it. */
const LIST = '.cdk-irsa-scannable-templates';

/**
 * Writes files into a folder, from which it removes those of an earlier copy.
 *
 * @throws if the folder has anything else, or a symbolic link or named pipe where a file of the copy is or will be.
 */
export function writeCopy(texts: { readonly [file: string]: string }, folder: string): void {
  const list = join(folder, LIST);
  const isEarlierCopy = existsSync(list);
  if (!isEarlierCopy && existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)) {
    throw new Error(`${folder} is neither an empty folder nor an earlier copy: the copy needs a folder of its own`);
  }
  const files = Object.keys(texts);
  const outside = files.find((file) => !isWithin(file));
  if (outside !== undefined) {
    throw new Error(`${outside} is not within the assembly, so it cannot be copied into ${folder}`);
  }
  refuseSpecialFiles(folder, LIST);
  const earlier = isEarlierCopy ? readFileSync(list, 'utf8').split('\n').filter(isWithin) : [];
  [...earlier, ...files].forEach((file) => refuseSpecialFiles(folder, file));
  const unrelated = files.find((file) => !earlier.includes(file) && existsSync(join(folder, file)));
  if (unrelated !== undefined) {
    throw new Error(`${join(folder, unrelated)} is not of the earlier copy: remove it, or give another folder`);
  }
  earlier.forEach((file) => rmSync(join(folder, file), { force: true }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(list, files.map((file) => `${file}\n`).join('')); // first, so that an interrupted copy can be repeated
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), texts[file], { flag: 'wx' });
  }
}

/** Others can prepare a folder: a link in it could lead to files outside, and a named pipe would be waited for. */
function refuseSpecialFiles(folder: string, file: string): void {
  let path = folder;
  for (const name of normalize(file).split(sep)) {
    path = join(path, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) {
      throw new Error(`${path} is a symbolic link, which could lead out of the copy: remove it, or give another folder`);
    }
    if (stat && !stat.isFile() && !stat.isDirectory()) {
      throw new Error(`${path} is neither a file nor a folder: remove it, or give another folder`);
    }
  }
}

const isWithin = (file: string) => file !== '' && !isAbsolute(file) && !normalize(file).startsWith('..');
