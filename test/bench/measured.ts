// One synthesis, in a process of its own. Arguments: the library, accounts, accounts per stack, whether with the plugin.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { synthesize, withCdkIrsa, withEksV2 } from './apps';
import type { Library } from './figures';
import type * as cdkIrsa from '../../lib';

const requireFromRoot = createRequire(join(process.cwd(), 'package.json'));
const [, library, accounts, perStack, plugin] = process.argv as [string, Library, string, string?, 'plugin'?];
const definition = library === 'cdk-irsa' ? withCdkIrsa(requireFromRoot('./build')) : withEksV2;
const plugins = plugin ? [new (requireFromRoot('./build') as typeof cdkIrsa).verification.PodAccessPlugin()] : [];
const counts = synthesize(definition, { accounts: Number(accounts), perStack: perStack === undefined ? undefined : Number(perStack) }, plugins);
const { user, system } = process.cpuUsage(); // since the start: what one library loads with its import, another one loads when it is used
console.log(JSON.stringify({ counts, cpu: (user + system) / 1e6, memory: process.resourceUsage().maxRSS * 1024 }));
