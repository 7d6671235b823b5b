// Plain JavaScript, because jest does not compile it.
const { AsyncLocalStorage } = require('node:async_hooks');
const Module = require('node:module');
const { resolve, sep } = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const LIBRARY = resolve(__dirname, '..', '..', 'lib') + sep;
const isShared = (path) => path.startsWith(LIBRARY) || path.includes(`${sep}node_modules${sep}`);

/** What the suites of a worker have in common: the source maps of the library, and the runtime of the suite that runs now. */
const sourceMaps = new Map();
let current;

Module._extensions['.ts'] = (module, filename) => {
  module._compile(current.transformCache.transform(filename), filename);
  sourceMaps.set(filename, current.getSourceMaps().get(filename));
};

/** jest-circus creates one for each suite. On Node.js 20, each that is not disabled slows down all asynchronous work that follows. */
const storages = new Set();
class SuiteStorage extends AsyncLocalStorage {
  constructor(...args) {
    super(...args);
    storages.add(this);
  }
}

/**
 * Loads the library and the packages of node_modules/ once for all suites of a worker, by Node.js itself. Jest would load them again for each suite, which takes
 * longer than most suites. The other files, and what a test loads with `jest.isolateModules`, are loaded for each suite. Mocks work as always.
 *
 * The code of suites runs in the realm of these packages: see environment.cjs.
 */
module.exports = class extends Runtime {
  constructor(...args) {
    super(...args);
    if (!this.executor?.compile || !this.executor.injectedModuleParameters || !this.transformCache?.transform || !this._resolution?.resolveCjs || !this.registries?.isIsolated) {
      throw new Error(`test/jest/runtime.cjs does not fit jest-runtime ${require('jest-runtime/package.json').version}: adapt it to the internals of that version`);
    }
    current = this;
    sourceMaps.forEach((map, filename) => this.getSourceMaps().set(filename, map));
    this.executor.compile = (source, filename) => compileFunction(source, this.executor.injectedModuleParameters, { filename });
  }

  requireModule(from, moduleName, options, isRequireActual) {
    if (options?.isInternalModule) {
      return moduleName === 'node:async_hooks' ? { AsyncLocalStorage: SuiteStorage } : super.requireModule(from, moduleName, options, isRequireActual);
    }
    if (moduleName && !this._resolution.isCoreModule(moduleName) && !this.registries.isIsolated()) {
      const path = this._resolution.resolveCjs(from, moduleName);
      if (isShared(path)) {
        return require(path);
      }
    }
    return super.requireModule(from, moduleName, options, isRequireActual);
  }

  teardown() {
    super.teardown();
    storages.forEach((storage) => storage.disable());
    storages.clear();
  }
};
