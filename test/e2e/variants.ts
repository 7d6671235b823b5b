import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ENV } from './assembly';
import { IrsaTestStack } from '../../bin/irsa-test-stack';
import { KubernetesObjects, ServiceAccountWithRole } from '../../lib';

const config = (name: string, data: object = { key: 'value' }) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data });

export type Variant = 'first' | 'second' | 'bad' | 'nodes';

/**
 * IrsaTestStack with other resources that a team could add, in variants. `first` is the initial one. In `second`, one account is added, one
 * is removed, one moves to another namespace, a construct is renamed, and a policy, an object and a Job change. `bad` is `second` with an
 * object that every API server rejects. `nodes` is `second` with more nodes whose metadata pods can reach. Consumer is another stack that
 * uses the same cluster.
 */
export function variant(app: App, name: Variant): void {
  const first = name === 'first';
  const stack = new IrsaTestStack(app, 'IrsaTestStack', { env: ENV, allowPodImdsAccess: name === 'nodes' });
  const { cluster } = stack;

  const writer = new ServiceAccountWithRole(stack, first ? 'Writer' : 'Renamed', { cluster, serviceAccountName: 'writer', namespace: 'reports' });
  writer.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [`arn:aws:sqs:us-west-2:*:${first ? 'old' : 'new'}`] }));
  const mover = new ServiceAccountWithRole(stack, 'Mover', { cluster, serviceAccountName: 'mover', namespace: first ? 'before' : 'after' });
  new ServiceAccountWithRole(stack, first ? 'Leaver' : 'Joiner', { cluster, serviceAccountName: first ? 'leaver' : 'joiner' });
  cluster.addKubernetesObjects('Configs', {
    objects: [config('kept'), ...(first ? [config('removed')] : []), ...(name === 'bad' ? [config('bad', { key: 1 })] : [])],
  }).node.addDependency(mover);
  cluster.addKubernetesObjects('Report', {
    objects: [{
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'report', namespace: 'default' },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'report', image: 'any', command: ['echo', first ? 'old' : 'new'] }] } } },
    }],
  }).node.addDependency(...cluster.nodegroups);
  if (name === 'nodes') {
    stack.node.findAll().filter((construct) => construct instanceof eks.CfnNodegroup).forEach((nodegroup) => nodegroup.addPropertyOverride('ScalingConfig.MaxSize', 5));
  }

  const consumer = new Stack(app, 'Consumer', { env: ENV });
  new ServiceAccountWithRole(consumer, 'Reader', { cluster, serviceAccountName: 'consumer', namespace: 'consumers' });
  new KubernetesObjects(consumer, 'Configs', { cluster, objects: [config('of-the-consumer')] });
}
