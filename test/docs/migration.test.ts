import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { blocksOf, ROOT } from '../documents';
import { withoutLayer } from '../e2e/kubectl-layer';
import { Deployment, Migration, ours, theirsRetained } from '../e2e/migration-recipes';
import { write } from '../files';

process.env.JSII_DEPRECATED = 'quiet'; // aws-cdk itself uses its deprecated OIDC provider

const LOGICAL_ID = 'ClusterReaderRole0A8FE95E';

/** The folder of the cloud assembly of a deployment. */
function synthesized(deployment: Deployment): string {
  const app = new App({ analyticsReporting: false, outdir: write({ 'app/x': '' }) });
  deployment.call(new Migration(app, 'prod', 'v2', LOGICAL_ID));
  return app.synth().directory;
}

/** The part of the output of `cdk diff` that is about resources. */
function resourcesIn(diff: string): string {
  const [, resources] = /^Resources\n([^]*?)\n\n/m.exec(diff)!;
  return `${resources}\n`;
}

(withoutLayer ? test.skip : test)('the guide shows all that cdk diff prints about the resources of a small app', () => {
  const [before, after] = [theirsRetained, ours].map(synthesized);
  const args = ['diff', 'prod', '--app', after, '--template', join(before, 'prod.template.json'), '--no-color', '--no-notices'];
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', AWS_EC2_METADATA_DISABLED: 'true' };
  const { stdout, stderr } = spawnSync(join(ROOT, 'node_modules', '.bin', 'cdk'), args, { env, encoding: 'utf8', cwd: after });
  expect(blocksOf('docs/migration.md', 'text')).toEqual([resourcesIn(stdout + stderr)]);
});
