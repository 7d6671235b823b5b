import { Annotations, App, CustomResource, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ExistingObjects } from './contract/existing-objects';
import { InTemplate } from './contract/object-document';
import { Properties, RESOURCE_TYPE } from './contract/properties';
import { TIMEOUTS } from './contract/timeouts';
import { ObjectSet, ObjectsProvider } from './objects-provider';
import { objectDocument } from './private/object-document';
import { checkObject, checkObjects, excesses, PlainObject, repeated } from './private/object-set';
import { refusal, within } from '../private/errors';

/** How Kubernetes objects are applied, whichever they are. */
export interface ApplyObjectsOptions {
  /**
   * What happens to objects that are in the cluster already.
   *
   * @default ExistingObjects.REFUSE
   */
  readonly existing?: ExistingObjects;
}

/** Kubernetes objects, and how they are applied. */
export interface KubernetesObjectsOptions extends ApplyObjectsOptions {
  /**
   * The objects as plain data, each with `apiVersion`, `kind` and `metadata.name`; at most 100, and 100,000 bytes of JSON.
   *
   * Every string, number and list in them may be a token, also a key, and an `Fn.conditionIf` may choose a part. A token can change nothing
   * but the value that it stands for. The template shows all objects, so do not put secrets into them.
   */
  readonly objects: { [key: string]: unknown }[];
}

/** Properties of `KubernetesObjects`. */
export interface KubernetesObjectsProps extends KubernetesObjectsOptions {
  /** The cluster that the objects are in, defined in this app. */
  readonly cluster: eks.ICluster;
}

/**
 * Defines Kubernetes objects, applied by a function of this library in the deployment. No kubectl and no layer is needed.
 *
 * What is in the cluster already is kept:
 *
 * - An object is created only if it is absent. One that another stack or someone else has is an error, unless `existing` says otherwise.
 * - It is changed only while it is this stack's, as its annotation `cdk-irsa/owner` says. Changes by hand of what is set here are undone
 *   with the next change of the set; fields that are not set here stay as they are, and fields that leave the set are removed.
 * - It is deleted only if this stack made it, and only once the deployment that drops it has succeeded. Namespaces and
 *   CustomResourceDefinitions are never deleted.
 * - A construct may be renamed, and an object moved between the sets of a stack: the object stays, uid and all. To move one to
 *   another stack, first deploy the new stack with `ExistingObjects.TAKE_OVER`, then the old one without the object.
 * - A Job whose template changed, or a RoleBinding or ClusterRoleBinding whose role changed, is deleted and made anew; a rollback then
 *   runs the old Job again. A Job that has finished and is gone is not run again while its manifest stays.
 * - Any other change that Kubernetes does not allow is an error that names the field.
 *
 * All objects are first tried dry, and a bad one is an error before anything is changed.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export class KubernetesObjects extends Construct {
  private readonly plain: PlainObject[];
  private readonly charts: Chart[] = [];
  private readonly documents = Lazy.uncachedAny({
    produce: (context) => this._objects.map((object) => objectDocument(context.resolve(object, { allowIntrinsicKeys: true }))),
  });

  /**
   * @throws if an object has no `apiVersion`, `kind` or `metadata.name`, if it is a list of others, if its name or namespace is none that
   * Kubernetes takes, if there are more than 100, or if the cluster is in another account or region. The same in a chart, too many bytes,
   * and an object that the stack defines twice, are errors of the synthesis.
   */
  constructor(scope: Construct, id: string, props: KubernetesObjectsProps) {
    super(scope, id);
    const { cluster, objects, existing = ExistingObjects.REFUSE } = props;
    this.plain = objects;
    within(this, () => {
      checkObjects('objects', objects);
      checkEnvironment(Stack.of(this), Stack.of(cluster));
    });
    this.warnOfSecrets(objects);

    const provider = ObjectsProvider.of(cluster);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: RESOURCE_TYPE,
      serviceToken: provider.serviceToken,
      serviceTimeout: Duration.millis(TIMEOUTS.service),
      properties: {
        Cluster: cluster.clusterArn,
        Objects: this.documents,
        Existing: existing,
      } satisfies InTemplate<Properties>,
    });
    resource.node.addDependency(provider.ready);
    const others = provider.setsIn(Stack.of(this));
    this.node.addValidation({ validate: () => this.validate(others) });
    provider.addSet(this);
  }

  /**
   * Adds what is in a chart of cdk8s when the app is synthesized.
   *
   * @param chart a chart of a cdk8s app of its own.
   * @throws if the chart is a part of the CDK app.
   */
  public addCdk8sChart(chart: Chart): void {
    if (App.isApp(chart.node.root)) {
      throw new Error(`${this.node.path}: chart ${chart.node.path} is a part of the CDK app, but must be in an app of cdk8s: new cdk8s.Chart(new cdk8s.App(), …)`);
    }
    this.charts.push(chart);
    this.warnOfSecrets(chart.toJson());
  }

  /** @internal */
  public get _objects(): PlainObject[] {
    return [...this.plain, ...this.charts.flatMap((chart) => chart.toJson())];
  }

  private validate(others: ObjectSet[]): string[] {
    try {
      this._objects.forEach((object, i) => checkObject(`objects[${i}]`, object));
    } catch (error) {
      return [(error as Error).message];
    }
    return [
      ...excesses(Stack.of(this).resolve(this.documents)),
      ...repeated(this._objects, others),
    ];
  }

  private warnOfSecrets(objects: PlainObject[]): void {
    for (const { metadata } of objects.filter(({ kind }) => kind === 'Secret')) {
      Annotations.of(this).addWarningV2('cdk-irsa:secret-in-template', `Secret ${(metadata as { name?: string } | undefined)?.name} is in the template: `
        + 'everyone who can read the stack can read its values, unless they are dynamic references. Let something in the cluster fetch the secret, '
        + 'such as External Secrets or the Secrets Store CSI driver');
    }
  }
}

/** A function can serve the stacks of its own account and region alone. */
function checkEnvironment(stack: Stack, clusterStack: Stack): void {
  for (const part of ['account', 'region'] as const) {
    const [got, allowed] = [stack[part], clusterStack[part]];
    if (got !== allowed && ![got, allowed].some((value) => Token.isUnresolved(value))) {
      throw refusal(`the stack's ${part}`, got, `${allowed}, that of the cluster`);
    }
  }
}
