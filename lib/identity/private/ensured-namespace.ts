import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ExistingObjects, KubernetesObjects } from '../../kubernetes';
import { identity } from '../../kubernetes/contract/identity';
import { DefinedObjects } from '../../kubernetes/defined-objects';
import { clusterAddress } from '../../private/cluster-address';
import { BUILT_IN_NAMESPACES } from '../../private/kubernetes-names';
import { IIrsaCluster } from '../irsa-cluster-interface';

/** Namespaces that are created if they are absent, for the accounts of a stack. */
class EnsuredNamespaces extends KubernetesObjects {
  private readonly names = new Set<string>();

  constructor(scope: Construct, id: string, private readonly ofCluster: IIrsaCluster) {
    super(scope, id, { cluster: ofCluster, existing: ExistingObjects.KEEP });
  }

  public hasOrTakes(name: string): boolean {
    return this.names.has(name) || !this._isFull;
  }

  public ensure(name: string, account: Construct): void {
    if (this.names.has(name)) {
      return;
    }
    this.names.add(name);
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    this._add(() => namespace);
    DefinedObjects.in(this.ofCluster).define(identity(namespace), {
      owner: this,
      definedBy: account,
      existing: ExistingObjects.KEEP,
      wayOut: 'set createNamespace to false on the service accounts of this namespace, and let them depend on what defines it',
    });
  }
}

/**
 * What creates the namespace of an account if it is absent: one set for all accounts of a stack in a cluster, and another one where it is
 * full. Undefined for the namespaces that every cluster has.
 */
export function ensuredNamespace(account: Construct, cluster: IIrsaCluster, name: string): KubernetesObjects | undefined {
  if (BUILT_IN_NAMESPACES.includes(name)) {
    return undefined;
  }
  // what a token stands for may depend on other accounts of the stack
  const namespaces = Token.isUnresolved(name) ? new EnsuredNamespaces(account, 'Namespace', cluster) : sharedNamespaces(Stack.of(account), cluster, name);
  namespaces.ensure(name, account);
  return namespaces;
}

function sharedNamespaces(stack: Stack, cluster: IIrsaCluster, name: string): EnsuredNamespaces {
  for (let number = 1; ; number++) {
    const id = `Namespaces${number === 1 ? '' : number}:${clusterAddress(stack, cluster)}`;
    const namespaces = stack.node.tryFindChild(id) as EnsuredNamespaces | undefined ?? new EnsuredNamespaces(stack, id, cluster);
    if (namespaces.hasOrTakes(name)) {
      return namespaces;
    }
  }
}
