import { CfnResource, Reference, Stack, Stage, Token } from 'aws-cdk-lib';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import { IConstruct } from 'constructs';
import { ExistingObjects } from './contract/existing-objects';
import { IKubernetesCluster } from './kubernetes-cluster-interface';
import { tokensIn } from '../private/tokens-in';

/** Where an object is defined. */
export interface Definition {
  /** The construct that applies the object. */
  readonly owner: IConstruct;
  /** The construct that the user knows. */
  readonly definedBy: IConstruct;
  readonly existing: ExistingObjects;
  /** How to do without this definition, for an error. */
  readonly wayOut?: string;
}

const OF_APP = new WeakMap<IConstruct, Map<string, DefinedObjects>>();
const OF_CLUSTER = new WeakMap<IKubernetesCluster, DefinedObjects>();

/** What an app defines in one cluster. Two stacks that define one object would undo each other's work. */
export class DefinedObjects {
  /** The objects of a cluster, whichever construct stands for it. */
  public static in(cluster: IKubernetesCluster): DefinedObjects {
    const objects = OF_CLUSTER.get(cluster) ?? DefinedObjects.inApp(cluster.node.root, keyOf(cluster));
    OF_CLUSTER.set(cluster, objects);
    return objects;
  }

  private static inApp(app: IConstruct, key: string): DefinedObjects {
    const clusters = OF_APP.get(app) ?? new Map<string, DefinedObjects>();
    OF_APP.set(app, clusters);
    const objects = clusters.get(key) ?? new DefinedObjects();
    clusters.set(key, objects);
    return objects;
  }

  /** Definitions by identity: one for each construct that applies the object. */
  private readonly definitions = new Map<string, Map<IConstruct, Definition>>();
  private readonly identities = new Map<IConstruct, Set<string>>();

  private constructor() {}

  /** Another definition of an object that contradicts this one. */
  public conflictWith(identity: string, definition: Definition): Definition | undefined {
    const others = [...this.definitions.get(identity)?.values() ?? []];
    return others.find((other) => other.owner !== definition.owner && isInTree(other.owner) && !canStandBeside(other, definition));
  }

  /** Adds a definition, unless its owner has one of this object already, and returns that of the owner. */
  public define(identity: string, definition: Definition): Definition {
    const owners = this.definitions.get(identity) ?? new Map<IConstruct, Definition>();
    this.definitions.set(identity, owners);
    const defined = owners.get(definition.owner) ?? definition;
    owners.set(definition.owner, defined);
    const identities = this.identities.get(definition.owner) ?? new Set<string>();
    this.identities.set(definition.owner, identities);
    identities.add(identity);
    return defined;
  }

  /** Forgets what an owner defines no longer: its charts may have changed since. */
  public keepOnly(owner: IConstruct, kept: Set<string>): void {
    for (const identity of this.identities.get(owner) ?? []) {
      if (!kept.has(identity)) {
        this.definitions.get(identity)?.delete(owner);
      }
    }
    this.identities.set(owner, new Set(kept));
  }
}

/** Two stacks may create what nobody owns alone, and one may take an object over from the other. */
function canStandBeside(one: Definition, other: Definition): boolean {
  const both = [one.existing, other.existing];
  if (both.every((existing) => existing === ExistingObjects.KEEP)) {
    return true;
  }
  return Stack.of(one.owner) !== Stack.of(other.owner) && both.includes(ExistingObjects.TAKE_OVER);
}

/** What names a cluster: its literal name, AWS account and region, or what a token refers to. */
function keyOf(cluster: IKubernetesCluster): string {
  const resource = targetsOf(cluster, cluster.clusterArn).find(isEksCluster);
  const name = Token.isUnresolved(cluster.clusterName) ? resource?.name : cluster.clusterName;
  if (name === undefined || Token.isUnresolved(name)) {
    return (resource ?? targetsOf(cluster, cluster.clusterName)[0] ?? cluster).node.path;
  }
  const { account, region } = Stack.of(cluster);
  const isPlaceKnown = !Token.isUnresolved(account) && !Token.isUnresolved(region);
  // stacks and stages without an environment may be deployed to different ones, each with a cluster of this name
  return JSON.stringify([name, ...isPlaceKnown ? [account, region] : [Stage.of(cluster)!.node.path, resource?.node.path]]);
}

const targetsOf = (scope: IConstruct, value: string): IConstruct[] =>
  tokensIn(scope, value).filter((token): token is Reference => Reference.isReference(token)).map(({ target }) => target);

const isEksCluster = (construct: IConstruct): construct is CfnCluster => CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::EKS::Cluster';

/** Whether neither the construct nor one around it has been removed. */
function isInTree(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return scope === undefined || scope.node.tryFindChild(id) === construct && isInTree(scope);
}
