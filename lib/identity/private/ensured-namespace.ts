import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { clusterAddress } from './cluster-address';
import { ExistingObjects, KubernetesObjects } from '../../kubernetes';
import { BUILT_IN_NAMESPACES } from '../../private/kubernetes-names';
import { IIrsaCluster } from '../irsa-cluster-interface';

/** The namespace, defined once per cluster and stack; undefined for those that every cluster has. */
export function ensuredNamespace(construct: Construct, cluster: IIrsaCluster, namespace: string): KubernetesObjects | undefined {
  if (BUILT_IN_NAMESPACES.includes(namespace)) {
    return undefined;
  }
  const options = { objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }], existing: ExistingObjects.KEEP };
  if (Token.isUnresolved(namespace)) {
    return cluster.addManifest(construct, 'Namespace', options);
  }
  const stack = Stack.of(construct);
  const id = `Namespace:${clusterAddress(stack, cluster)}:${namespace}`;
  return stack.node.tryFindChild(id) as KubernetesObjects | undefined ?? cluster.addManifest(stack, id, options);
}
