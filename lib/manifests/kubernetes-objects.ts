import { CustomResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ObjectsProvider } from './private/objects-provider';
import { refusal, within } from '../private/errors';

/** How Kubernetes objects are applied, whichever they are. */
export interface ApplyOptions {
  /**
   * Takes over fields that another manager of the object has set otherwise: server-side apply's `force`.
   *
   * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
   * @default false - such an object is an error that names the manager
   */
  readonly overwrite?: boolean;

  /**
   * Creates what is absent, leaves what is there as it is, and deletes nothing: for objects that nobody owns alone, such as a namespace.
   *
   * @default false
   */
  readonly createOnly?: boolean;
}

/** Kubernetes objects, and how they are applied. */
export interface KubernetesObjectsOptions extends ApplyOptions {
  /** The objects as plain data, each with `apiVersion`, `kind` and `metadata.name`. They are applied in this order and deleted in the opposite one. */
  readonly objects: { [key: string]: unknown }[];
}

/** Properties of `KubernetesObjects`. */
export interface KubernetesObjectsProps extends KubernetesObjectsOptions {
  /** The cluster that the objects are in. It needs an endpoint and a certificate authority. */
  readonly cluster: eks.ICluster;
}

/**
 * Defines Kubernetes objects, applied by a function of this library in the deployment. No kubectl and no layer is needed.
 *
 * Fields that other managers of an object have set stay as they are. What leaves the set is deleted from the cluster.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export class KubernetesObjects extends Construct {
  private readonly charts: Chart[] = [];

  /**
   * @throws if an object has no `apiVersion`, `kind` or `metadata.name`, or if both `overwrite` and `createOnly` are asked for.
   */
  constructor(scope: Construct, id: string, props: KubernetesObjectsProps) {
    super(scope, id);
    const { cluster, objects, overwrite, createOnly } = props;
    within(this, () => {
      objects.forEach(checkObject);
      if (overwrite && createOnly) {
        throw refusal('overwrite', overwrite, 'left out beside createOnly, which changes nothing that is there');
      }
    });
    const provider = ObjectsProvider.of(cluster);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::KubernetesObjects',
      serviceToken: provider.serviceToken,
      serviceTimeout: Duration.minutes(15), // CloudFormation would wait an hour for a function that died
      properties: {
        Cluster: cluster.clusterArn, // a replaced cluster has none of the objects
        Objects: Lazy.any({ produce: () => [...objects, ...this.charts.flatMap((chart) => chart.toJson())].map((object) => this.json(object)) }),
        Overwrite: overwrite || undefined,
        CreateOnly: createOnly || undefined,
      },
    });
    resource.node.addDependency(provider);
  }

  /**
   * Adds what is in a chart of cdk8s when the app is synthesized.
   *
   * @param chart a chart of an app of its own; this construct does not write it to a file.
   */
  public addCdk8sChart(chart: Chart): void {
    this.charts.push(chart);
  }

  /** JSON, because CloudFormation hands every number and boolean of a custom resource over as a string. */
  private json(object: { [key: string]: unknown }): string {
    return Stack.of(this).toJsonString(object);
  }
}

function checkObject(object: { [key: string]: unknown }, index: number): void {
  const { apiVersion, kind, metadata } = object;
  const name = (metadata as { name?: unknown } | undefined)?.name;
  for (const [field, value] of Object.entries({ apiVersion, kind, 'metadata.name': name })) {
    if (typeof value !== 'string' || value === '') {
      throw refusal(`objects[${index}].${field}`, value, 'a text that is not empty');
    }
  }
}
