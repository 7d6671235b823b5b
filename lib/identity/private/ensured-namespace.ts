import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ExistingObjects, KubernetesObjects } from '../../kubernetes';
import { identity } from '../../kubernetes/contract/identity';
import { DefinedObjects } from '../../kubernetes/defined-objects';
import { clusterAddress } from '../../private/cluster-address';
import { isInTree } from '../../private/in-tree';
import { BUILT_IN_NAMESPACES } from '../../private/kubernetes-names';
import { IIrsaCluster } from '../irsa-cluster-interface';

/** Namespaces of the accounts of a stack: each is created if it is absent. */
class EnsuredNamespaces extends KubernetesObjects {
  private readonly names = new Set<string>();
  private readonly defined: DefinedObjects;

  constructor(scope: Construct, id: string, cluster: IIrsaCluster) {
    super(scope, id, { cluster, existing: ExistingObjects.KEEP });
    this.defined = DefinedObjects.in(cluster);
  }

  /** Whether the namespace is in this set, or fits into it. */
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
      fix: 'set createNamespace: false on the service accounts of this namespace, and let them depend on the construct that defines it',
    });
  }
}

/**
 * Creates the namespace of an account if it is absent. All accounts of a stack share one set for each cluster, and a further one when that
 * is full. Returns the set, or undefined for the namespaces that every cluster has.
 */
export function ensuredNamespace(account: Construct, cluster: IIrsaCluster, name: string): KubernetesObjects | undefined {
  if (BUILT_IN_NAMESPACES.includes(name)) {
    return undefined;
  }
  // a token may refer to a resource that depends on other accounts of the stack
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
