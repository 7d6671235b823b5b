import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ExistingObjects, KubernetesObjects } from '../../kubernetes';
import { identity } from '../../kubernetes/contract/identity';
import { DefinedObjects } from '../../kubernetes/internal/defined-objects';
import { clusterAddress } from '../../private/cluster-address';
import { isInTree } from '../../private/in-tree';
import { BUILT_IN_NAMESPACES } from '../../private/kubernetes-names';
import { IIrsaCluster } from '../irsa-cluster-interface';

/** The namespaces of the accounts of a stack. Each is created if it does not exist. */
class EnsuredNamespaces extends KubernetesObjects {
  private readonly names = new Set<string>();
  private readonly defined: DefinedObjects;

  constructor(scope: Construct, id: string, cluster: IIrsaCluster) {
    super(scope, id, { cluster, existing: ExistingObjects.KEEP });
    this.defined = DefinedObjects.in(cluster);
  }

  /** Whether this set contains the namespace or has room for it. */
  public canEnsure(name: string): boolean {
    return this.names.has(name) || !this._isFull;
  }

  public ensure(name: string, account: Construct): void {
    if (this.names.has(name)) {
      return;
    }
    this.names.add(name);
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    this._add(this, () => namespace);
    this.defined.add(identity(namespace), {
      definedBy: account,
      appliedBy: this,
      existing: ExistingObjects.KEEP,
      isCurrent: () => isInTree(this),
      isImplicit: true,
      fix: 'set createNamespace: false on the service accounts of this namespace, and add a dependency from them to the construct that defines it',
    });
  }
}

/**
 * Creates the namespace of an account if it does not exist. All accounts of a stack share one set for each cluster, and another one when that
 * set is full. Returns the set, or undefined for a namespace that every cluster has.
 */
export function ensuredNamespace(account: Construct, cluster: IIrsaCluster, name: string): KubernetesObjects | undefined {
  if (BUILT_IN_NAMESPACES.includes(name)) {
    return undefined;
  }
  // a token can refer to a resource that depends on other accounts of the stack
  const namespaces = Token.isUnresolved(name) ? new EnsuredNamespaces(account, 'Namespace', cluster) : sharedNamespaces(Stack.of(account), cluster, name);
  namespaces.ensure(name, account);
  return namespaces;
}

function sharedNamespaces(stack: Stack, cluster: IIrsaCluster, name: string): EnsuredNamespaces {
  for (let number = 1; ; number++) {
    const id = `Namespaces${number === 1 ? '' : number}:${clusterAddress(stack, cluster)}`;
    const namespaces = stack.node.tryFindChild(id) as EnsuredNamespaces | undefined ?? new EnsuredNamespaces(stack, id, cluster);
    if (namespaces.canEnsure(name)) {
      return namespaces;
    }
  }
}
