// npm run bench: how long a synthesis takes. The built-in validation of newer versions of aws-cdk-lib is left out.
import '../setup';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IrsaCluster, ServiceAccountWithRole } from '../../lib';

/** The processor time, in seconds, of an app with one stack for the cluster, and more stacks for the accounts. */
function synthesis(accounts: number, perStack: number): number {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  const before = process.cpuUsage();
  const app = new App({ outdir });
  const cluster = new IrsaCluster(new Stack(app, 'Cluster'), 'Cluster', { version: eks.KubernetesVersion.of('1.36') });
  for (let first = 0; first < accounts; first += perStack) {
    const stack = new Stack(app, `Accounts${first}`);
    for (let i = first; i < Math.min(first + perStack, accounts); i++) {
      new ServiceAccountWithRole(stack, `Account${i}`, { cluster, serviceAccountName: `account-${i}` });
    }
  }
  app.synth();
  const { user, system } = process.cpuUsage(before);
  rmSync(outdir, { recursive: true });
  return (user + system) / 1e6;
}

synthesis(100, 100); // warm-up: loads the modules that the measured runs use
for (const [accounts, perStack] of [[100, 100], [200, 200], [400, 100], [800, 100]]) {
  console.log(`${accounts} accounts in stacks of ${perStack}: ${synthesis(accounts, perStack).toFixed(2)} s of processor time`);
}
