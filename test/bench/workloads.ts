// What growth.test.ts counts.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { writeAccessApp } from './access-app';
import { synthesize, withCdkIrsa } from './apps';
import * as cdkIrsa from '../../lib';
import { Workload } from '../growth/growth';
import { newCluster } from '../stacks';

const { KubernetesObjects, verification: { PodAccess } } = cdkIrsa;
const definition = withCdkIrsa(cdkIrsa);
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
process.once('exit', () => rmSync(folder, { recursive: true }));

const PER_STACK = 5;

export const accountsOfStack: Workload = (size) => () => synthesize(definition, { accounts: size });
export const accountsInStacks: Workload = (size) => () => synthesize(definition, { accounts: size, perStack: PER_STACK });

export const setsOfObjects: Workload = (size) => () => {
  const app = new App({ outdir: mkdtempSync(join(folder, 'sets-')) });
  const stack = new Stack(app, 'Stack');
  const cluster = newCluster(stack);
  for (let i = 0; i < size; i++) {
    new KubernetesObjects(stack, `Objects${i}`, { cluster, objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `config-${i}` } }] });
  }
  return app.synth();
};

/** The cloud assembly of an app. */
function assembly(accounts: number): string {
  const path = join(folder, String(accounts));
  if (!existsSync(path)) {
    writeAccessApp(path, accounts, PER_STACK);
  }
  return path;
}

export const templates: Workload = (size) => {
  const path = assembly(size);
  return () => PodAccess.fromAssembly(path);
};
export const accessTable: Workload = (size) => {
  const access = PodAccess.fromAssembly(assembly(size));
  return () => access.principals.map(({ row }) => row);
};
