// Plain JavaScript, because jest does not compile sequencers.
const { createHash } = require('node:crypto');
const { relative } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * In CI, suites run in a random order, because suites of a worker share packages and the library. The order follows from the seed that jest prints:
 * `CI=true npx jest --seed <seed>` repeats it.
 */
module.exports = class extends Sequencer {
  constructor(options) {
    super(options);
    this.config = options.globalConfig;
  }

  sort(tests) {
    if (!process.env.CI) {
      return super.sort(tests);
    }
    const { seed, rootDir } = this.config;
    const rank = ({ path }) => createHash('sha256').update(`${seed} ${relative(rootDir, path)}`).digest('hex');
    return tests.map((test) => ({ test, rank: rank(test) })).sort((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ test }) => test);
  }
};
