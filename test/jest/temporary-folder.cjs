const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Gives a run a folder for temporary files of its own, which no-temporary-files.cjs removes. */
module.exports = () => {
  process.env.NODE_DISABLE_COMPILE_CACHE = '1'; // npm and others would keep compiled code there, as of Node.js 22
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk-irsa-tests-'));
};
