// After the compilation: a module of the package is loaded when one of its exports is first used, as in aws-cdk-lib.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const build = join(dirname(dirname(fileURLToPath(import.meta.url))), 'build');
const ALL = /^__exportStar\(require\("(.+)"\), exports\);$/gm;
const NAMESPACE = /^exports\.(\w+) = __importStar\(require\("(.+)"\)\);$/gm;

const ESM = 'Object.defineProperty(exports, "__esModule", { value: true });';
const LAZILY = 'const lazily = (name, get) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });';

// Node.js finds the names for imports from ES modules in assignments
const lazy = (name, value) => `exports.${name} = void 0;\nlazily("${name}", () => ${value});`;

for (const file of readdirSync(build, { recursive: true }).filter((name) => basename(name) === 'index.js').map((name) => join(build, name))) {
  const require = createRequire(file);
  const text = readFileSync(file, 'utf8')
    .replace(ESM, `${ESM}\n${LAZILY}`)
    .replace(ALL, (_, path) => Object.keys(require(path)).map((name) => lazy(name, `require("${path}").${name}`)).join('\n'))
    .replace(NAMESPACE, (_, name, path) => lazy(name, `require("${path}")`));
  writeFileSync(file, text);
}
