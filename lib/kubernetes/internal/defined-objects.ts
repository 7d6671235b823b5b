import { Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { isInTree } from '../../private/in-tree';
import { ExistingObjects } from '../contract/existing-objects';
import { IKubernetesCluster } from '../kubernetes-cluster-interface';
import { clusterKey } from '../private/cluster-key';

/** One definition of an object. */
export interface Definition {
  /** The construct to name in errors. */
  readonly definedBy: IConstruct;
  /** The set that applies the object. */
  readonly appliedBy: Construct;
  readonly existing: ExistingObjects;
  /** Whether the definition is still valid: its construct might have been removed, or its chart might have changed. */
  readonly isCurrent: () => boolean;
  /** Whether the library adds the definition itself, such as the namespace of a service account. */
  readonly isImplicit?: boolean;
  /** How to resolve a conflict with this definition. */
  readonly fix?: string;
}

/** A definition before anything applies it. */
export type Candidate = Omit<Definition, 'appliedBy'>;

/** A service account that an app defines, or something that belongs to one. */
export interface DefinedAccount {
  readonly namespace: string;
  readonly name: string;
  readonly definition: Definition;
}

const OF_APP = new WeakMap<IConstruct, Map<string, DefinedObjects>>();
const OF_CLUSTER = new WeakMap<IKubernetesCluster, DefinedObjects>();

/** The objects that an app defines in one cluster. Two stacks that define the same object would revert each other's changes. */
export class DefinedObjects {
  /** The objects of a cluster, whichever construct represents it. */
  public static in(cluster: IKubernetesCluster): DefinedObjects {
    const objects = OF_CLUSTER.get(cluster) ?? DefinedObjects.inApp(cluster.node.root, clusterKey(cluster));
    OF_CLUSTER.set(cluster, objects);
    return objects;
  }

  /**
   * Completes "… is already defined by …" for two definitions that conflict.
   *
   * @param howToDefineOnce how to define the object only once.
   */
  public static howToResolve(definition: Candidate, other: Definition, howToDefineOnce: string): string {
    const isOfAnotherStack = Stack.of(other.definedBy) !== Stack.of(definition.definedBy);
    if (isOfAnotherStack && [definition, other].every(takesOver)) {
      return ', and both stacks set ExistingObjects.TAKE_OVER, so each would take it from the other at every update: define it in one of them only; '
        + 'to move it to another stack, set TAKE_OVER only in that stack';
    }
    const orTakeOver = isOfAnotherStack ? ', or set existing: ExistingObjects.TAKE_OVER here while you move it to this stack' : '';
    return `: ${other.fix ?? `${howToDefineOnce}${orTakeOver}`}`;
  }

  private static inApp(app: IConstruct, key: string): DefinedObjects {
    const clusters = OF_APP.get(app) ?? new Map<string, DefinedObjects>();
    OF_APP.set(app, clusters);
    const objects = clusters.get(key) ?? new DefinedObjects();
    clusters.set(key, objects);
    return objects;
  }

  /** The definitions, by the identity of the object and the construct that defines it. */
  private readonly definitions = new Map<string, Map<IConstruct, Definition>>();

  /** The kinds of all objects that were ever defined, each after its group. */
  private readonly kinds = new Set<string>();

  private readonly sets: { readonly set: Construct; readonly defines: (identity: string) => boolean }[] = [];

  private constructor() {}

  /** Adds a definition. It replaces an earlier definition of the same construct. */
  public add(identity: string, definition: Definition): void {
    const all = this.definitions.get(identity) ?? new Map<IConstruct, Definition>();
    this.definitions.set(identity, all);
    all.set(definition.definedBy, definition);
    this.kinds.add(identity.split('/').slice(0, 2).join('/'));
  }

  /** Whether an object of a kind might be defined. */
  public hasKind({ group, kind }: { readonly group: string; readonly kind: string }): boolean {
    return this.kinds.has(`${group}/${kind}`);
  }

  /** The sets of the cluster. */
  public get constructs(): Construct[] {
    return this.sets.map(({ set }) => set).filter(isInTree);
  }

  /** Adds a set, whose objects are known once the app is complete, such as those of a chart. */
  public addSet(set: Construct, defines: (identity: string) => boolean): void {
    this.sets.push({ set, defines });
  }

  /** All sets that apply an object. This renders the charts of all sets, which takes a while. */
  public setsWith(identity: string): Construct[] {
    const definitions = [...this.definitions.get(identity)?.values() ?? []].filter(({ isCurrent }) => isCurrent());
    return [...definitions.map(({ appliedBy }) => appliedBy), ...this.sets.filter(({ defines }) => defines(identity)).map(({ set }) => set)];
  }

  /** The definition of an object, if there is one. */
  public find(identity: string): Definition | undefined {
    return [...this.definitions.get(identity)?.values() ?? []].find(({ isCurrent }) => isCurrent());
  }

  /** The service accounts whose namespace and name meet a condition. */
  public serviceAccounts(isWanted: (namespace: string, name: string) => boolean): DefinedAccount[] {
    return this.allNamed('', 'ServiceAccount', isWanted);
  }

  /** All objects of a kind, or those whose namespace and name meet a condition. */
  public allNamed(wantedGroup: string, wantedKind: string, isWanted: (namespace: string, name: string) => boolean = () => true): DefinedAccount[] {
    return [...this.definitions.keys()].flatMap((identity) => {
      const [group, kind, namespace, name] = identity.split('/');
      const definition = group === wantedGroup && kind === wantedKind && isWanted(namespace, name) ? this.find(identity) : undefined;
      return definition ? [{ namespace, name, definition }] : [];
    });
  }

  /** Another definition of an object that cannot be deployed together with this one. */
  public conflictWith(identity: string, definition: Candidate): Definition | undefined {
    const all = [...this.definitions.get(identity)?.values() ?? []];
    return all.find((other) => other.definedBy !== definition.definedBy && !areCompatible(other, definition) && other.isCurrent());
  }
}

const takesOver = ({ existing }: Candidate) => existing === ExistingObjects.TAKE_OVER;

/** Several sets can create an object that none of them owns, and one of two stacks can take over an object from the other. */
function areCompatible(one: Definition, other: Candidate): boolean {
  const both = [one, other];
  if (both.every(({ existing }) => existing === ExistingObjects.KEEP)) {
    // the first set creates the object, so the labels of the other set would be lost; implicit definitions are all identical
    return one.isImplicit === other.isImplicit;
  }
  return Stack.of(one.definedBy) !== Stack.of(other.definedBy) && both.filter(takesOver).length === 1;
}
