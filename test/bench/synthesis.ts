// Synthesizes apps of growing size, for synthesis.test.ts.
import { Synthesis, synthesize, withCdkIrsa } from './apps';
import * as cdkIrsa from '../../lib';

const definition = withCdkIrsa(cdkIrsa);
synthesize(definition, { accounts: 100, perStack: 100 }); // warm-up: loads the modules that the measured runs use
const syntheses: { [app: string]: Synthesis } = {};
for (const [accounts, perStack] of [[100, 100], [200, 200], [500, 100], [1_000, 100]]) {
  syntheses[`${accounts} accounts in stacks of ${perStack}`] = synthesize(definition, { accounts, perStack });
}
console.log(JSON.stringify(syntheses));
