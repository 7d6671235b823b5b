import { Annotations, App, CustomResource, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ExistingObjects } from './contract/existing-objects';
import { MOST_OBJECTS } from './contract/limits';
import { InTemplate } from './contract/object-document';
import { Properties, RESOURCE_TYPE } from './contract/properties';
import { TIMEOUTS } from './contract/timeouts';
import { DefinedObjects, Definition } from './defined-objects';
import { IKubernetesCluster } from './kubernetes-cluster-interface';
import { ObjectsProvider } from './objects-provider';
import { objectDocument } from './private/object-document';
import { checkObject, checkObjects, duplicates, knownIdentity, nameOfObject, PlainObject } from './private/object-set';
import { excesses, fitted } from './private/set-size';
import { refusal, within } from '../private/errors';
import { isInTree } from '../private/in-tree';

/** Kubernetes objects, and what happens to those that exist already. */
export interface KubernetesObjectsOptions {
  /**
   * The objects as plain data, each with `apiVersion`, `kind` and `metadata.name`. With those of `charts`, at most 100 objects.
   *
   * The template shows a set of up to 100,000 bytes of JSON as it is. In a larger one, objects of more than 4,000 bytes are compressed, except
   * for their tokens. After that, a set can have 480,000 bytes: the CustomResourceDefinitions of the Prometheus operator, 2.5 MB of JSON, fit.
   * An object can have 1.5 MiB, because Kubernetes stores no more.
   *
   * Every string, number and list in them may be a token, also a key, and an `Fn.conditionIf` may choose a part. A token can change nothing
   * but the value that it stands for. The template shows all objects, so do not put secrets into them.
   *
   * @default - none
   */
  readonly objects?: { [key: string]: unknown }[];

  /**
   * Charts of cdk8s, each in a cdk8s app of its own. Their objects are applied as they are when the app is synthesized.
   *
   * @default - none
   */
  readonly charts?: Chart[];

  /**
   * What happens to objects that are in the cluster already.
   *
   * @default ExistingObjects.REFUSE
   */
  readonly existing?: ExistingObjects;
}

/** An object of another construct. */
interface AddedObject {
  readonly construct: IConstruct;
  readonly render: () => PlainObject;
}

/** Properties of `KubernetesObjects`. */
export interface KubernetesObjectsProps extends KubernetesObjectsOptions {
  /** The cluster that the objects are applied to. */
  readonly cluster: IKubernetesCluster;
}

/**
 * Defines Kubernetes objects. A function of this library applies them during the deployment, without kubectl.
 *
 * What is in the cluster already is kept:
 *
 * - An object is created only if it is absent. One that another stack or someone else owns is an error, unless `existing` says otherwise.
 * - An object is changed only while this stack owns it. A record of the set says so: a Secret in the namespace `cdk-irsa` of the cluster,
 *   which must be left to the function. The next change of the set undoes manual changes of the fields that are set here. Other fields
 *   stay as they are. Fields that leave the set are removed, or get the value back that someone else had set.
 * - An object is deleted only if a stack created it and no other stack lists it, and only once the deployment that drops it has succeeded.
 *   Namespaces and CustomResourceDefinitions are never deleted.
 * - You can rename the construct, and move objects between the sets of a stack: the objects stay, with their uid. To move an object to
 *   another stack, first deploy the new stack with `ExistingObjects.TAKE_OVER`, then the old one without the object.
 * - A Job whose template changed, or a RoleBinding or ClusterRoleBinding whose role changed, is deleted and created again; a rollback then
 *   runs the old Job again. A Job that has finished and is gone is not run again while its definition stays, also where its construct
 *   is renamed.
 * - A rollback restores what was there before: contents, and the values and managers of fields that were taken from others.
 * - Any other change that Kubernetes does not allow is an error that names the field.
 *
 * The function first tries all objects with a server-side dry run. A bad one is an error before anything is changed.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export class KubernetesObjects extends Construct {
  private readonly cluster: IKubernetesCluster;
  private readonly existing: ExistingObjects;
  private readonly objects: PlainObject[];
  private readonly charts: Chart[];
  private readonly added: AddedObject[] = [];
  private readonly documents = Lazy.uncachedAny({
    produce: (context) => [...this.renderAdded(), ...this.render()]
      .map((object) => objectDocument(context.resolve(object, { allowIntrinsicKeys: true }))),
  });
  private readonly entries = Lazy.uncachedAny({ produce: (context) => fitted(context.resolve(this.documents)) });

  /**
   * @throws if an object is not plain data, if it has no `apiVersion`, `kind` or `metadata.name`, if it is a list of objects, if Kubernetes does not accept its name or
   * namespace, if it is in the namespace `cdk-irsa`, if there are more than 100 objects, if a chart is part of the CDK app, or if the cluster is in another account or region.
   * Invalid objects of a chart, too many bytes, and an object that the app defines twice are errors of the synthesis.
   */
  constructor(scope: Construct, id: string, props: KubernetesObjectsProps) {
    super(scope, id);
    const { cluster, objects = [], charts = [], existing = ExistingObjects.REFUSE } = props;
    this.cluster = cluster;
    this.existing = existing;
    this.objects = [...objects];
    this.charts = charts;
    within(this, () => {
      checkObjects('objects', objects);
      charts.forEach(checkChart);
      checkEnvironment(Stack.of(this), Stack.of(cluster));
    });

    const provider = ObjectsProvider.of(cluster);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: RESOURCE_TYPE,
      serviceToken: provider.serviceToken,
      serviceTimeout: Duration.millis(TIMEOUTS.service),
      properties: { Cluster: cluster.clusterArn, Objects: this.entries, Existing: existing } satisfies InTemplate<Properties>,
    });
    resource.node.addDependency(provider.ready);
    this.node.addValidation({ validate: () => this.validate() });
  }

  /**
   * Adds an object of another construct. Whoever adds it makes sure that nothing else defines it.
   *
   * @param construct the construct: without it in the app, the object is left out.
   * @param render returns the object, at synthesis.
   * @internal
   */
  public _add(construct: IConstruct, render: () => PlainObject): void {
    this.added.push({ construct, render });
  }

  /**
   * Whether another object would be too many.
   *
   * @internal
   */
  public get _isFull(): boolean {
    return this.added.filter(({ construct }) => isInTree(construct)).length >= MOST_OBJECTS;
  }

  private render(): PlainObject[] {
    return [...this.objects, ...this.charts.flatMap((chart) => chart.toJson())];
  }

  private renderAdded(): PlainObject[] {
    return this.added.filter(({ construct }) => isInTree(construct)).map(({ render }) => render());
  }

  private validate(): string[] {
    const own = this.render();
    const objects = [...this.renderAdded(), ...own];
    try {
      objects.forEach((object, i) => checkObject(`objects[${i}]`, object));
    } catch (error) {
      return [(error as Error).message];
    }
    this.warnOfSecrets(objects);
    return [
      ...excesses(Stack.of(this).resolve(this.documents)),
      ...duplicates(objects),
      ...own.flatMap((object) => this.define(object)),
    ];
  }

  /** Adds an object to what the app defines; returns an error if something else defines it, too. */
  private define(object: PlainObject): string[] {
    const identity = knownIdentity(object);
    if (identity === undefined) {
      return [];
    }
    const definition: Definition = { definedBy: this, existing: this.existing, isCurrent: () => isInTree(this) && this.defines(identity) };
    const defined = DefinedObjects.in(this.cluster);
    defined.add(identity, definition);
    const other = defined.conflictWith(identity, definition);
    return other ? [`${nameOfObject(object)} is defined by ${other.definedBy.node.path} already${DefinedObjects.wayOut(definition, other, 'define it once')}`] : [];
  }

  private defines(identity: string): boolean {
    return this.render().some((object) => knownIdentity(object) === identity);
  }

  private warnOfSecrets(objects: PlainObject[]): void {
    for (const object of objects.filter(({ kind }) => kind === 'Secret')) {
      Annotations.of(this).addWarningV2('cdk-irsa:secret-in-template', `Secret ${(object.metadata as { name: string }).name} is in the template: `
        + 'everyone who can read the stack can read its values, unless they are dynamic references. Let something in the cluster fetch the secret, '
        + 'such as External Secrets or the Secrets Store CSI driver');
    }
  }
}

function checkChart({ node: { path, root } }: Chart): void {
  if (App.isApp(root)) {
    throw new Error(`chart ${path} is a part of the CDK app, but must be in an app of cdk8s: new cdk8s.Chart(new cdk8s.App(), …)`);
  }
}

/** A function can only serve stacks of its own account and region. */
function checkEnvironment(stack: Stack, clusterStack: Stack): void {
  for (const part of ['account', 'region'] as const) {
    const [got, allowed] = [stack[part], clusterStack[part]];
    if (got !== allowed && ![got, allowed].some((value) => Token.isUnresolved(value))) {
      throw refusal(`the stack's ${part}`, got, `${allowed}, that of the cluster`);
    }
  }
}
