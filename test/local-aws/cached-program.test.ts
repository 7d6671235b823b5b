import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { newFolder, write } from '../files';

let mockForeign: string | undefined;
jest.mock('node:fs', () => {
  const actual = jest.requireActual<typeof fs>('node:fs');
  return { ...actual, lstatSync: (file: string) => Object.assign(actual.lstatSync(file), file === mockForeign ? { uid: 4711 } : {}) };
});

const MODULE = 'module test\n';
const FIX = 'check its contents and let only yourself write to it, or set XDG_CACHE_HOME to a folder that only you can write to';

/** The cache in a folder, and the program that would be run from it. */
function cached() {
  const home = newFolder();
  const environment = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = home;
  try {
    const { GoProgram } = jest.requireActual<typeof import('../../local-aws/go-program')>('../../local-aws/go-program');
    const program = new GoProgram({ title: 'a program', name: 'program', folder: write({ 'go.mod': MODULE }) });
    const path: string = (program as any).path;
    fs.mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
    fs.writeFileSync(path, '', { mode: 0o755 });
    return { home, path, program };
  } finally {
    process.env.XDG_CACHE_HOME = environment;
    if (environment === undefined) {
      delete process.env.XDG_CACHE_HOME;
    }
  }
}

beforeEach(() => jest.resetModules());
afterEach(() => {
  jest.restoreAllMocks();
  mockForeign = undefined;
});

test('a program that was built before is run from the cache', () => {
  const { path, program } = cached();
  expect(program.find()).toBe(path);
});

test('a cache in a sticky folder, such as /tmp, is used', () => {
  const { home, path, program } = cached();
  fs.chmodSync(home, 0o1777);
  expect(program.find()).toBe(path);
});

describe('a cached program is not run if another user could have put it there:', () => {
  test.each(['the program', 'its folder', 'a folder above'])('%s belongs to another user', (which) => {
    const { home, path, program } = cached();
    const foreign = { 'the program': path, 'its folder': dirname(path), 'a folder above': dirname(home) }[which]!;
    mockForeign = foreign;
    expect(() => program.find()).toThrow(new Error(`${foreign} belongs to another user, who could have put any program there: ${FIX}`));
  });

  test.each<[string, string]>([['the program', '757'], ['the program', '775'], ['its folder', '777'], ['its folder', '775'], ['a folder above', '777']])(
    '%s has mode %s', (which, mode) => {
      const { home, path, program } = cached();
      const open = { 'the program': path, 'its folder': dirname(path), 'a folder above': dirname(home) }[which]!;
      fs.chmodSync(open, mode);
      expect(() => program.find()).toThrow(new Error(`${open} is writable for other users, who could have put any program there: ${FIX}`));
    });

  test('its folder is a link into a folder that others can write to', () => {
    const { path, program } = cached();
    const shared = newFolder();
    fs.mkdirSync(shared);
    fs.renameSync(dirname(path), join(shared, 'cache'));
    fs.symlinkSync(join(shared, 'cache'), dirname(path));
    expect(program.find()).toBe(path);
    fs.chmodSync(shared, 0o777);
    expect(() => program.find()).toThrow(`${shared} is writable for other users`);
  });
});

describe('a program that is built', () => {
  const PATH = process.env.PATH;
  afterEach(() => {
    process.env.PATH = PATH;
  });

  /** Builds with a Go whose programs everyone in the group can change, as with the umask 002. */
  function build({ path, program }: ReturnType<typeof cached>): Promise<string> {
    const go = write({ go: '#!/bin/sh\n[ "$1" = version ] && echo go1.26 && exit\nwhile [ "$1" != -o ]; do shift; done\ntouch "$2" && chmod 775 "$2"\n' });
    fs.chmodSync(join(go, 'go'), 0o755);
    process.env.PATH = `${go}:${PATH}`;
    fs.rmSync(path);
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    return program.make();
  }

  test('cannot be changed by other users', async () => {
    const cache = cached();
    expect(await build(cache)).toBe(cache.path);
    expect(cache.program.find()).toBe(cache.path);
  });

  test('is not put into a folder that others can write to', async () => {
    const cache = cached();
    fs.chmodSync(cache.home, 0o777);
    await expect(build(cache)).rejects.toThrow(`${cache.home} is writable for other users`);
    expect(fs.readdirSync(dirname(cache.path))).toEqual([]);
  });
});
