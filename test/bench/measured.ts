// One synthesis, in a process of its own. Arguments: the library, accounts, accounts per stack.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { synthesize, withCdkIrsa, withEksV2 } from './apps';
import type { Library } from './figures';

const requireFromRoot = createRequire(join(process.cwd(), 'package.json'));
const [, library, accounts, perStack] = process.argv as [string, Library, string, string?];
const definition = library === 'cdk-irsa' ? withCdkIrsa(requireFromRoot('./build')) : withEksV2;
const counts = synthesize(definition, { accounts: Number(accounts), perStack: perStack === undefined ? undefined : Number(perStack) });
const { user, system } = process.cpuUsage(); // since the start: what one library loads with its import, another one loads when it is used
console.log(JSON.stringify({ counts, cpu: (user + system) / 1e6, memory: process.resourceUsage().maxRSS * 1024 }));
