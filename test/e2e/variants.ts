/**
 * IrsaTestStack and what a team may have beside it, in variants: `first`; `second`, in which a construct is renamed, an object removed,
 * and the Job as it was; and `bad`, which cannot be deployed. Consumer is a stack of its own on the same cluster.
 */
import { App, Stack } from 'aws-cdk-lib';
import { IrsaTestStack } from '../../bin/irsa-test-stack';
import { ServiceAccountWithRole } from '../../lib';

const app = new App({ postCliContext: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } }); // the local AWS knows exports only
const variant = app.node.tryGetContext('variant');
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'us-west-2' };
const stack = new IrsaTestStack(app, 'IrsaTestStack', { env });
const { cluster } = stack;
const config = (name: string, data: object = { key: 'value' }) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data });

new ServiceAccountWithRole(stack, variant === 'first' ? 'Writer' : 'Renamed', { cluster, serviceAccountName: 'writer', namespace: 'reports' });
cluster.addManifest(stack, 'Configs', {
  objects: [config('kept'), ...variant === 'first' ? [config('removed')] : [], ...variant === 'bad' ? [config('bad', { key: 1 })] : []],
});

const consumer = new Stack(app, 'Consumer', { env });
new ServiceAccountWithRole(consumer, 'Reader', { cluster, serviceAccountName: 'consumer', namespace: 'consumers' });
cluster.addManifest(consumer, 'Configs', { objects: [config('of-the-consumer')] });
