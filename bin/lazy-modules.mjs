// After the compilation: a module of the package is loaded when it is first used, as in aws-cdk-lib.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const build = join(dirname(dirname(fileURLToPath(import.meta.url))), 'build');

const ALL = /^__exportStar\(require\("(.+)"\), exports\);$/gm;
const NAMESPACE = /^exports\.(\w+) = __importStar\(require\("(.+)"\)\);$/gm;

const ESM = 'Object.defineProperty(exports, "__esModule", { value: true });';
const LAZILY = 'const lazily = (name, get) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });';

// Node.js finds the names for imports from ES modules in assignments
const lazy = (name, value) => `exports.${name} = void 0;\nlazily("${name}", () => ${value});`;

function withLazyExports(file, text) {
  const require = createRequire(file);
  return text
    .replace(ESM, `${ESM}\n${LAZILY}`)
    .replace(ALL, (_, path) => Object.keys(require(path)).map((name) => lazy(name, `require("${path}").${name}`)).join('\n'))
    .replace(NAMESPACE, (_, name, path) => lazy(name, `require("${path}")`));
}

const REQUIRED = /^(__import(Star|Default)\()?require\("[^"]+"\)\)?$/;

/** `new errors_1().Other(…)` would be another expression than `new (errors_1().Other)(…)`. */
function called(name) {
  const access = name.parent;
  if (ts.isPropertyAccessExpression(access) && ts.isNewExpression(access.parent) && access.parent.expression === access) {
    return [{ from: name.getStart(), to: name.getStart(), text: '(' }, { from: name.end, to: access.end, text: `().${access.name.text})` }];
  }
  return [{ from: name.end, to: name.end, text: '()' }];
}

/** Writes `const errors_1 = require("./errors")` as a function that loads the module at its first call, and `errors_1.within` as `errors_1().within`. */
function withLazyImports(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const declarations = source.statements.filter(ts.isVariableStatement).flatMap((statement) => [...statement.declarationList.declarations])
    .filter(({ initializer }) => initializer && REQUIRED.test(initializer.getText()));
  const names = new Set(declarations.map(({ name }) => name.text));
  const changes = declarations.map(({ parent, name, initializer }) => ({
    from: parent.getStart(),
    to: parent.end,
    text: `let ${name.text} = () => { const module = ${initializer.getText()}; ${name.text} = () => module; return module; }`,
  }));
  const visit = (node) => {
    if (!ts.isIdentifier(node) || !names.has(node.text)) {
      ts.forEachChild(node, visit);
    } else if (node.parent.name !== node) {
      changes.push(...called(node));
    } else if (!declarations.includes(node.parent) && !ts.isPropertyAccessExpression(node.parent) && !ts.isPropertyAssignment(node.parent)) {
      throw new Error(`${file}: ${node.text} is the name of a module, and of something else in: ${node.parent.getText()}`);
    }
  };
  visit(source);
  return changes.sort((a, b) => b.from - a.from).reduce((changed, { from, to, text: by }) => changed.slice(0, from) + by + changed.slice(to), text);
}

/** Node.js looks for `./errors` before `./errors.js`. With the name of the file, it finds it at once, and an app starts faster. */
function withFileNames(file, text) {
  return text.replace(/\brequire\((["'])(\.[^"']*)\1\)/g, (_, quote, path) => {
    const fileName = existsSync(`${join(dirname(file), path)}.js`) ? `${path}.js` : posix.join(path, 'index.js');
    return `require("${fileName.startsWith('.') ? fileName : `./${fileName}`}")`;
  });
}

for (const file of readdirSync(build, { recursive: true }).filter((name) => name.endsWith('.js')).map((name) => join(build, name))) {
  const lazily = basename(file) === 'index.js' ? withLazyExports : withLazyImports;
  writeFileSync(file, withFileNames(file, lazily(file, readFileSync(file, 'utf8'))));
}
