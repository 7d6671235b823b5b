// After `lazy-modules.mjs`: the modules that most apps load are in one file, because Node.js takes longer to load a hundred files than one.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const build = join(dirname(dirname(fileURLToPath(import.meta.url))), 'build');
const JOINED = 'joined.js';

/** The modules that an app with a cluster and a service account loads. Those named `index.js` stay, because Node.js reads in them what an ES module can import. */
function modulesOfApp() {
  const require = createRequire(import.meta.url);
  const { App, Stack } = require('aws-cdk-lib');
  const { KubernetesVersion } = require('aws-cdk-lib/aws-eks-v2');
  const { IrsaCluster } = require(build);
  const outdir = mkdtempSync(join(tmpdir(), 'joined-'));
  try {
    const app = new App({ outdir });
    new IrsaCluster(new Stack(app, 'Stack'), 'Cluster', { version: KubernetesVersion.of('1.36') }).addServiceAccountWithRole('App', { serviceAccountName: 'app' });
    app.synth();
  } finally {
    rmSync(outdir, { recursive: true });
  }
  const files = Object.keys(require.cache).filter((file) => file.startsWith(build) && basename(file) !== 'index.js');
  return files.map((file) => relative(build, file).replaceAll(sep, '/')).sort();
}

const names = modulesOfApp();

/** The text of a module, which finds those of the same file there. */
function textOf(name) {
  const text = readFileSync(join(build, name), 'utf8').replace('"use strict";\n', '').replace(/\brequire\("(\.[^"]*)"\)/g, (_, path) => {
    const required = posix.join(posix.dirname(name), path);
    return names.includes(required) ? `load("${required}")` : `require("./${required}")`;
  });
  // With one character that is not in ISO 8859-1, V8 needs twice the memory for the whole file
  return text.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const START = `"use strict";
// The modules that an app with a cluster and a service account loads. In parentheses, because V8 then compiles a function once, and not again when it is called.
const { dirname, join } = require("node:path");
const loaded = {};
function load(name) {
  if (!(name in loaded)) {
    loaded[name] = {};
    modules[name](loaded[name], join(__dirname, dirname(name)));
  }
  return loaded[name];
}
module.exports = load;
const modules = {
`;

const texts = names.map((name) => `"${name}": (function (exports, __dirname) {\n${textOf(name)}\n}),\n`);
writeFileSync(join(build, JOINED), `${START}${texts.join('')}};\n`);
for (const name of names) {
  writeFileSync(join(build, name), `"use strict";\nmodule.exports = require("${posix.relative(posix.dirname(name), JOINED)}")("${name}");\n`);
}
