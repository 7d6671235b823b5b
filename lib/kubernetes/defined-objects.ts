import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ExistingObjects } from './contract/existing-objects';
import { IKubernetesCluster } from './kubernetes-cluster-interface';
import { clusterKey } from './private/cluster-key';

/** One definition of an object. */
export interface Definition {
  /** The construct that errors name. */
  readonly definedBy: IConstruct;
  readonly existing: ExistingObjects;
  /** Whether the definition still holds: its construct may have been removed, or its chart changed. */
  readonly isCurrent: () => boolean;
  /** Whether the user has not written it, such as that of a namespace that is created for a service account. */
  readonly isImplicit?: boolean;
  /** How to resolve a conflict with this definition. */
  readonly fix?: string;
}

const OF_APP = new WeakMap<IConstruct, Map<string, DefinedObjects>>();
const OF_CLUSTER = new WeakMap<IKubernetesCluster, DefinedObjects>();

/** What an app defines in one cluster. Two stacks that define the same object would undo each other's changes. */
export class DefinedObjects {
  /** The objects of a cluster, whichever construct represents it. */
  public static in(cluster: IKubernetesCluster): DefinedObjects {
    const objects = OF_CLUSTER.get(cluster) ?? DefinedObjects.inApp(cluster.node.root, clusterKey(cluster));
    OF_CLUSTER.set(cluster, objects);
    return objects;
  }

  /**
   * Completes "… is defined by … already" for two definitions that conflict.
   *
   * @param once how to define the object once.
   */
  public static wayOut(definition: Definition, other: Definition, once: string): string {
    const isOfAnotherStack = Stack.of(other.definedBy) !== Stack.of(definition.definedBy);
    if (isOfAnotherStack && [definition, other].every(takesOver)) {
      return ', and both stacks set ExistingObjects.TAKE_OVER, so that each would take it from the other at each update: leave it out of one of them; '
        + 'while it moves to another stack, set TAKE_OVER in that stack only';
    }
    return `: ${other.fix ?? `${once}${isOfAnotherStack ? ', or set existing: ExistingObjects.TAKE_OVER here while it moves to this stack' : ''}`}`;
  }

  private static inApp(app: IConstruct, key: string): DefinedObjects {
    const clusters = OF_APP.get(app) ?? new Map<string, DefinedObjects>();
    OF_APP.set(app, clusters);
    const objects = clusters.get(key) ?? new DefinedObjects();
    clusters.set(key, objects);
    return objects;
  }

  /** By identity of the object, one for each construct that defines it. */
  private readonly definitions = new Map<string, Map<IConstruct, Definition>>();

  private constructor() {}

  /** Adds a definition, in place of an earlier one of the same construct. */
  public add(identity: string, definition: Definition): void {
    const all = this.definitions.get(identity) ?? new Map<IConstruct, Definition>();
    this.definitions.set(identity, all);
    all.set(definition.definedBy, definition);
  }

  /** Another definition of an object that cannot be deployed together with this one. */
  public conflictWith(identity: string, definition: Definition): Definition | undefined {
    const all = [...this.definitions.get(identity)?.values() ?? []];
    return all.find((other) => other.definedBy !== definition.definedBy && !areCompatible(other, definition) && other.isCurrent());
  }
}

const takesOver = ({ existing }: Definition) => existing === ExistingObjects.TAKE_OVER;

/** Several sets may create an object that none of them owns, and one of two stacks may take over an object of the other. */
function areCompatible(one: Definition, other: Definition): boolean {
  const both = [one, other];
  if (both.every(({ existing }) => existing === ExistingObjects.KEEP)) {
    // whichever comes first creates the object, so that labels of one would be lost; implicit definitions are all the same
    return one.isImplicit === other.isImplicit;
  }
  return Stack.of(one.definedBy) !== Stack.of(other.definedBy) && both.filter(takesOver).length === 1;
}
