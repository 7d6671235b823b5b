const { readdirSync, rmSync } = require('node:fs');
const { dirname } = require('node:path');

/** Removes the folder of temporary-folder.cjs, and fails if tests have left something in it: in the folder that all programs share, it would stay. */
module.exports = () => {
  const folder = process.env.TMPDIR;
  const left = readdirSync(folder);
  rmSync(folder, { recursive: true, force: true });
  process.env.TMPDIR = dirname(folder); // for the next run of `jest --watch`
  if (left.length > 0) {
    throw new Error(`Tests have left temporary files: ${left.join(', ')}`);
  }
};
