// Plain JavaScript, because jest does not compile sequencers.
const { default: Sequencer } = require('@jest/test-sequencer');

/** The suites that take minutes. If a worker started one of them last, the other workers would have nothing to do. */
const LONG = ['judge', 'clone', 'migration', 'interruption', 'start', 'migration-between-stacks', 'deployment', 'migration-objects', 'kills', 'overlap', 'webhook', 'processes'];

/** Starts the long suites first, in this order, because jest only knows the duration of a suite after it has run. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => LONG.findIndex((name) => path.endsWith(`/${name}.e2e.ts`)) >>> 0; // -1, for all other suites, becomes the largest number
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
