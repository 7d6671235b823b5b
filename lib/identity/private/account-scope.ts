import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { KubernetesObjects } from '../../manifests';
import { BUILT_IN_NAMESPACES } from '../../private/kubernetes-names';
import { IIrsaCluster } from '../cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/**
 * Where an account's object is defined: a scope whose path says which account it is, so that renaming the user's construct changes
 * nothing in the cluster. An account that a token names is known by its construct alone.
 *
 * @throws if the stack defines this account of this cluster already.
 */
export function accountScope(construct: Construct, cluster: IIrsaCluster, { namespace, serviceAccountName }: ServiceAccountSubject): Construct {
  if (Token.isUnresolved(namespace) || Token.isUnresolved(serviceAccountName)) {
    return construct;
  }
  const stack = Stack.of(construct);
  const id = `ServiceAccount:${cluster.node.addr}:${namespace}:${serviceAccountName}`;
  if (stack.node.tryFindChild(id)) {
    throw new Error(`service account ${namespace}/${serviceAccountName} of ${cluster.node.path} is defined in this stack already: `
      + 'use the one construct for both, or give this account another name or namespace');
  }
  return new Construct(stack, id);
}

/** The namespace, defined once per cluster and stack; undefined for those that every cluster has. */
export function ensuredNamespace(construct: Construct, cluster: IIrsaCluster, namespace: string): KubernetesObjects | undefined {
  if (BUILT_IN_NAMESPACES.includes(namespace)) {
    return undefined;
  }
  const options = { objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }], createOnly: true };
  if (Token.isUnresolved(namespace)) {
    return cluster.addManifest(construct, 'Namespace', options);
  }
  const stack = Stack.of(construct);
  const id = `Namespace:${cluster.node.addr}:${namespace}`;
  return stack.node.tryFindChild(id) as KubernetesObjects | undefined ?? cluster.addManifest(stack, id, options);
}
