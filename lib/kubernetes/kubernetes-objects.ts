import { CustomResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { ExistingObjects } from './contract/existing-objects';
import { MOST_OBJECTS } from './contract/limits';
import { InTemplate } from './contract/object-document';
import { Properties, RESOURCE_TYPE } from './contract/properties';
import { TIMEOUTS } from './contract/timeouts';
import { DefinedObjects } from './internal/defined-objects';
import { ObjectsProvider } from './internal/objects-provider';
import { IKubernetesChart } from './kubernetes-chart-interface';
import { IKubernetesCluster } from './kubernetes-cluster-interface';
import { AccountCredentials, AddedObjects } from './private/added-objects';
import { annotationsOf } from './private/annotations';
import { checkChart } from './private/charts';
import { uncovered, warnOfRoles } from './private/covered-objects';
import { warnOfAccountsBeforeNamespaces } from './private/namespace-order';
import { objectDocument } from './private/object-document';
import { checkObject, checkObjects, duplicates, nameOfObject, PlainObject } from './private/object-set';
import { OwnObjects } from './private/own-objects';
import { Document, fitted, sizeErrors } from './private/set-size';
import { checkWaitTimeout, waitErrors, warnOfWaitsWithoutNodes } from './private/waits';
import { warnOfWorkloads } from './private/workload-accounts';
import { Wait } from './wait';
import { checkEnvironment } from '../private/environments';
import { within } from '../private/errors';
import { containsNoEcho } from '../private/no-echo';
import { checkProps } from '../private/props/check-props';

const SERVICE_TIMEOUT = Duration.millis(TIMEOUTS.service);

/** Options for Kubernetes objects. */
export interface KubernetesObjectsOptions {
  /**
   * The objects as plain data, each with `apiVersion`, `kind` and `metadata.name`. The maximum is 100 objects, including those of `charts`.
   *
   * A set of up to 100,000 bytes of JSON is readable in the template. In a larger set, objects of more than 4,000 bytes are compressed,
   * except for their tokens. After compression, a set can have up to 480,000 bytes: the CustomResourceDefinitions of the Prometheus Operator,
   * 2.5 MB of JSON, fit. Before compression, a set can have up to 10,000,000 bytes, and a single object up to 1.5 MiB, the limit of Kubernetes.
   *
   * Strings, numbers, lists and keys can be tokens, and `Fn.conditionIf` can select a part of an object. The value of a token cannot inject
   * other fields or objects. All objects are in the template, so do not put secrets in them.
   *
   * @default - none
   */
  readonly objects?: { [key: string]: unknown }[];

  /**
   * cdk8s charts of any version, or other objects with a method `toJson`. Charts must be in a cdk8s app, not in the CDK app. They are rendered
   * when the CDK app is synthesized, so you can add objects to a chart until then.
   *
   * @default - none
   */
  readonly charts?: IKubernetesChart[];

  /**
   * What happens to objects that already exist in the cluster.
   *
   * @default ExistingObjects.REFUSE
   */
  readonly existing?: ExistingObjects;

  /**
   * What the deployment waits for after it has applied the objects, such as the completion of a Job. Each wait must be for an object of this set. All
   * waits run at the same time. If an object fails, or if it is not ready after `waitTimeout`, the deployment fails with an error that names the
   * object, and rolls back. A rollback does not wait. Neither does a deployment that, within a day, restores the properties from before the last
   * deployment, because it looks like a rollback.
   *
   * @default - nothing
   */
  readonly waitFor?: Wait[];

  /**
   * How long to wait for what `waitFor` lists, in total: 1 second to 5 minutes, in whole seconds. The function runs for at most 15 minutes, and
   * needs time to undo everything if a wait fails.
   *
   * @default Duration.minutes(5)
   */
  readonly waitTimeout?: Duration;
}

/** Properties of `KubernetesObjects`. */
export interface KubernetesObjectsProps extends KubernetesObjectsOptions {
  /** The cluster in which the objects are applied. */
  readonly cluster: IKubernetesCluster;
}

/**
 * Defines a set of Kubernetes objects. A Lambda function of this library applies them during the deployment, without kubectl.
 *
 * The function preserves what already exists in the cluster:
 *
 * - It creates an object only if the object does not exist. If another stack or someone else owns the object, this is an error, unless `existing`
 *   says otherwise.
 * - It changes an object only while this stack owns the object. It keeps a record of each set in a Secret in the namespace `cdk-irsa` of the
 *   cluster. Do not change these Secrets. The next change of the set reverts manual changes to fields that the set specifies. Other fields
 *   do not change. If you remove a field from the set, the function removes it from the object, or restores the value that someone else had set.
 * - It deletes an object only if a stack created the object with this library and no other stack manages it, and only after the deployment
 *   that removes the object has succeeded. It never deletes Namespaces and CustomResourceDefinitions.
 * - You can rename the construct, and you can move objects between the sets of a stack. The objects keep their uid. To move an object to
 *   another stack, first deploy the new stack with `ExistingObjects.TAKE_OVER`, and then deploy the old stack without the object.
 * - If the template of a Job or the role of a RoleBinding or ClusterRoleBinding changes, the function deletes the object and creates it
 *   again. A rollback then runs the old Job again. A Job that has finished and was deleted does not run again while its definition stays
 *   the same, even if you rename its construct.
 * - A rollback restores the previous state: the content of objects, and the values and managers of fields that were taken over.
 * - Any other change that Kubernetes does not allow is an error that names the field.
 *
 * The function first applies all objects in a server-side dry run, so that an invalid object fails the deployment before anything changes. After it
 * has applied service accounts that name a role, it waits until their pods get the credentials of the role. `waitFor` lists what else it waits for.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 * @example
 * declare const cluster: IrsaCluster;
 *
 * new KubernetesObjects(this, 'Config', {
 *   cluster,
 *   objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'default' }, data: { key: 'value' } }],
 * });
 */
export class KubernetesObjects extends Construct {
  /** The cluster in which the objects are applied. */
  public readonly cluster: IKubernetesCluster;

  private readonly own: OwnObjects;
  private readonly waits: Wait[];
  private readonly added = new AddedObjects();
  private readonly documents = Lazy.uncachedAny({
    produce: (context) => [...this.added.render(), ...this.own.render()]
      .map((object) => objectDocument(context.resolve(object, { allowIntrinsicKeys: true }))),
  });
  /** What was validated last. The CDK searches an app for references, then validates it, and then writes it more than once, without changing it in between. */
  private valid?: Document[];
  private readonly entries = Lazy.uncachedAny({
    produce: (context) => {
      if (context.preparing) { // the CDK is only searching for references to other stacks
        this.valid = undefined;
      }
      return fitted(this.valid ?? context.resolve(this.documents));
    },
  });

  /**
   * @throws if an object is not plain data, has no `apiVersion`, `kind` or `metadata.name`, is a list of objects, has a name or namespace that
   * Kubernetes does not accept, has an annotation with the prefix `cdk-irsa/`, or is in the namespace `cdk-irsa`; if there are more than 100 objects;
   * if a chart is part of the CDK app; if the cluster has `ObjectsAccess.none()`; or if the stack is in a different account or region than the
   * cluster. These are errors at synthesis: a chart that returns no list, invalid objects in a chart, too many bytes, an object that the app defines
   * twice, and an object that `objectsAccess` of the cluster does not cover.
   */
  constructor(scope: Construct, id: string, props: KubernetesObjectsProps) {
    super(scope, id);
    checkProps(this, 'KubernetesObjectsProps', props);
    const { cluster, objects = [], charts = [], existing = ExistingObjects.REFUSE, waitFor = [], waitTimeout } = props;
    this.cluster = cluster;
    this.waits = [...waitFor];
    within(this, () => {
      checkObjects('objects', objects);
      charts.forEach(checkChart);
      checkWaitTimeout(waitTimeout, waitFor);
      ObjectsProvider.checkAppliesObjects(cluster);
      checkEnvironment(Stack.of(this), Stack.of(cluster));
    });

    const provider = ObjectsProvider.of(cluster);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: RESOURCE_TYPE,
      serviceToken: provider.serviceToken,
      serviceTimeout: SERVICE_TIMEOUT,
      properties: {
        Cluster: cluster.clusterArn,
        Objects: this.entries,
        Existing: existing,
        Issuer: cluster._definition.issuerUrl,
        PodIdentityAccounts: lazyList(() => [...this.added.podIdentityAccounts, ...this.own.associatedAccounts]),
        UnprobedAccounts: lazyList(() => this.added.unprobedAccounts),
        WaitFor: waitFor.length > 0 ? waitFor.map((wait) => wait._toProperty()) : undefined,
        WaitTimeout: waitTimeout?.toSeconds(),
      } satisfies InTemplate<Properties>,
    });
    resource.node.addDependency(provider.ready);
    this.node.addValidation({ validate: () => this.validate() });
    this.own = new OwnObjects(this, { cluster, objects: [...objects], charts, existing });
  }

  /**
   * Adds an object of another construct. The caller ensures that nothing else defines the object.
   *
   * @param construct the construct. The object is left out if the construct is removed from the app.
   * @param render returns the object at synthesis.
   * @param credentials for a service account, how its pods get credentials.
   * @internal
   */
  public _add(construct: IConstruct, render: () => PlainObject, credentials?: AccountCredentials): void {
    this.added.add({ construct, render, ...credentials });
  }

  /**
   * Whether the set has the maximum number of objects.
   *
   * @internal
   */
  public get _isFull(): boolean {
    return this.added.count >= MOST_OBJECTS;
  }

  private validate(): string[] {
    const { objects: own, errors } = this.own.renderWithErrors();
    if (errors.length > 0) {
      return errors;
    }
    const objects = [...this.added.render(), ...own];
    try {
      objects.forEach((object, i) => checkObject(`objects[${i}]`, object));
    } catch (error) {
      return [(error as Error).message];
    }
    const conflicts = this.own.define(own);
    this.valid = Stack.of(this).resolve(this.documents) as Document[];
    this.warnOfSecrets(objects);
    warnOfRoles(this, objects, this.cluster);
    warnOfWaitsWithoutNodes(this, this.waits, this.cluster);
    warnOfWorkloads(this, objects, DefinedObjects.in(this.cluster));
    warnOfAccountsBeforeNamespaces(this, own, DefinedObjects.in(this.cluster));
    return [
      ...sizeErrors(this.valid),
      ...duplicates(objects),
      ...uncovered(objects, this.cluster),
      ...conflicts,
      ...waitErrors(this.waits, objects),
    ];
  }

  private warnOfSecrets(objects: PlainObject[]): void {
    for (const object of objects.filter(({ kind }) => kind === 'Secret')) {
      annotationsOf(this).addWarningV2('cdk-irsa:secret-in-template', `Secret ${(object.metadata as { name: string }).name} is in the template: `
        + 'anyone who can read the stack can read its values, unless they are dynamic references. Fetch the secret from within the cluster instead, '
        + 'for example with the External Secrets Operator or the Secrets Store CSI Driver');
    }
    for (const object of objects.filter((each) => containsNoEcho(this, each))) {
      annotationsOf(this).addWarningV2('cdk-irsa:no-echo', `${nameOfObject(object)} contains the value of a NoEcho parameter: everyone who can read the object can see it. `
        + 'Fetch the secret from within the cluster instead, for example with the External Secrets Operator');
    }
  }
}

/** A property that is omitted if its list is empty. */
const lazyList = (produce: () => string[]) => Lazy.uncachedAny({ produce }, { omitEmptyArray: true });
