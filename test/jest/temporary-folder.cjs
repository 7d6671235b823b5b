const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Gives a run a folder for temporary files of its own, which no-temporary-files.cjs removes. */
module.exports = () => {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk-irsa-tests-'));
};
