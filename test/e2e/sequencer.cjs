// Plain JavaScript, because jest compiles no sequencer.
const { default: Sequencer } = require('@jest/test-sequencer');

/** The suites that take minutes. A worker that began with one of them at the end would leave the others without work. */
const LONG = ['clone', 'interruption', 'judge', 'start', 'replay', 'processes', 'deployment', 'lock', 'kills', 'overlap'];

/** Starts the long suites first, in the order above; jest knows how long a suite takes only once it has run. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => LONG.findIndex((name) => path.endsWith(`/${name}.e2e.ts`)) >>> 0; // the others, -1, come last
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
