// Plain JavaScript, because jest does not compile it.
const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** The symbols under which jest-circus keeps what belongs to a suite. Under other ones, packages keep what is theirs, such as the tokens of aws-cdk-lib. */
const isOfSuite = (symbol) => symbol === Symbol.for('EVENT_HANDLERS') || symbol.description === 'JEST_STATE_SYMBOL';

/** A package that is loaded meanwhile, as fs-extra is, can keep the spy. For the suites that follow in the worker, it then returns undefined. */
const KEPT_BY_PACKAGES = ['child_process', 'crypto', 'fs', 'fs/promises', 'http', 'https', 'net', 'os', 'path', 'util', 'zlib'].map((name) => require(`node:${name}`));

class SuiteMocker extends ModuleMocker {
  spyOn(object, ...more) {
    if (KEPT_BY_PACKAGES.includes(object)) {
      throw new Error('packages that are loaded meanwhile could keep a spy on a module of Node.js: spy on a module of the library, or use jest.doMock');
    }
    return super.spyOn(object, ...more);
  }
}

/**
 * The realm of the worker, so that suites share packages and the library with each other: see runtime.cjs. They run one after the other, and jest restores what they
 * mock. Environment variables are restored after each suite. Unlike in the environment `node`, what a suite changes in global objects and in packages stays:
 * suites must restore it.
 */
module.exports = class {
  global = globalThis;
  moduleMocker = new SuiteMocker(globalThis);
  // jest replaces both for each suite
  console = globalThis.console;
  exit = process.exit;
  variables = { ...process.env };

  constructor({ projectConfig: config }) {
    const options = { config, global: globalThis, moduleMocker: this.moduleMocker };
    this.fakeTimers = new LegacyFakeTimers({ ...options, timerConfig: { idToRef: (id) => id, refToId: (ref) => ref } });
    this.fakeTimersModern = new ModernFakeTimers(options);
  }

  setup() {}

  teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    globalThis.console = this.console;
    process.exit = this.exit;
    Object.keys(process.env).filter((name) => !(name in this.variables)).forEach((name) => delete process.env[name]);
    Object.assign(process.env, this.variables);
    Object.getOwnPropertySymbols(globalThis).filter(isOfSuite).forEach((symbol) => delete globalThis[symbol]);
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Only says that there is a realm: runtime.cjs compiles the code. */
  getVmContext() {
    return {};
  }
};
