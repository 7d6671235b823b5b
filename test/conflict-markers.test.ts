import { spawnSync } from 'node:child_process';
import { ROOT } from './documents';

test('no file of the repository contains the markers of a merge conflict', () => {
  const markers = '^(<{7} |[|]{7} |={7}\r?$|>{7} )';
  const { status, stdout, stderr } = spawnSync('git', ['grep', '-I', '--line-number', '--extended-regexp', markers], { cwd: ROOT, encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: '' }); // 1: nothing is found
});
