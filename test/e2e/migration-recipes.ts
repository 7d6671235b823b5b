import { App, CfnResource, RemovalPolicies, Stack } from 'aws-cdk-lib';
import * as v1 from 'aws-cdk-lib/aws-eks';
import * as v2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cdk8s from 'cdk8s';
import { ENV } from './assembly';
import { v1Cluster, v2Cluster, ZonedStack } from './aws-eks-stacks';
import * as library from '../../lib';
import { ExistingObjects, IIrsaCluster, KubernetesObjects, ObjectsAccess, OidcProvider, ServiceAccountWithRole } from '../../lib';

const OF_V1 = { eks: v1, IrsaCluster: { fromEksCluster: library.IrsaCluster.fromEksV1Cluster }, clusterOf: v1Cluster };
const OF_V2 = { eks: v2, IrsaCluster: { fromEksCluster: library.IrsaCluster.fromEksCluster }, clusterOf: v2Cluster };

/** What differs between aws-eks and aws-eks-v2. The recipes, like the guide, are written for the latter. */
const VERSIONS = { v1: OF_V1 as unknown as typeof OF_V2, v2: OF_V2 };

export type Version = keyof typeof VERSIONS;

const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data: { key: 'value' } });
export const [CONFIG, OTHER, IN_CHART] = ['config', 'other', 'in-chart'].map(configMap);

/** A stack with a cluster of aws-cdk. */
export class Migration extends ZonedStack {
  public readonly eksCluster: v2.Cluster;
  public readonly bucket: s3.Bucket;
  public readonly config: any = structuredClone(CONFIG); // aws-cdk adds its labels to it
  public readonly other: any = structuredClone(OTHER);
  public readonly chart = new cdk8s.Chart(new cdk8s.App(), 'chart');

  constructor(private readonly app: App, name: string, public readonly version: Version, public readonly logicalIdOfTheRole: string) {
    super(app, name, { env: ENV });
    this.eksCluster = VERSIONS[version].clusterOf(this);
    this.eksCluster.addNodegroupCapacity('Nodes', { minSize: 1 });
    this.bucket = new s3.Bucket(this, 'Bucket', { bucketName: name });
    new cdk8s.ApiObject(this.chart, 'config', structuredClone(IN_CHART));
  }

  /** Another stack, which refers to this one. */
  public get apps(): Stack & { readonly bucket: s3.Bucket } {
    return Object.assign(new Stack(this.app, `${this.stackName}-apps`, { env: ENV }), { bucket: this.bucket });
  }

  /** Makes the deployment fail once everything else has succeeded. */
  public fail(): void {
    const others = this.node.findAll().filter((child): child is CfnResource => CfnResource.isCfnResource(child) && child.stack === this);
    const unknown = new CfnResource(this, 'Unknown', { type: 'AWS::Nobody::Knows' });
    others.forEach((other) => unknown.addDependency(other));
  }
}

/** What a deployment has. The bodies of these functions are the blocks of docs/migration.md. */
export type Deployment = (this: Migration) => void;

export function theirs(this: Migration): void {
  const { eksCluster, bucket, config, chart } = this;

  const reader = eksCluster.addServiceAccount('Reader', { name: 'reader' });
  bucket.grantRead(reader);
  eksCluster.addManifest('Config', config);
  eksCluster.addCdk8sChart('Chart', chart);
}

export function connected(this: Migration): IIrsaCluster {
  const { eksCluster, version } = this;
  const { eks, IrsaCluster } = VERSIONS[version];

  RemovalPolicies.of(eksCluster).retain({ applyToResourceTypes: [eks.KubernetesManifest.RESOURCE_TYPE] });
  const cluster = IrsaCluster.fromEksCluster(this, 'Irsa', eksCluster, {
    oidcProvider: OidcProvider.existing(eksCluster.openIdConnectProvider),
    objectsAccess: ObjectsAccess.clusterAdmin(),
  });
  return cluster;
}

export function theirsRetained(this: Migration): void {
  theirs.call(this);
  connected.call(this);
}

export function ours(this: Migration): void {
  const { bucket, config, chart, logicalIdOfTheRole } = this;
  const cluster = connected.call(this);

  const reader = new ServiceAccountWithRole(this, 'Reader', { cluster, serviceAccountName: 'reader', existing: ExistingObjects.TAKE_OVER });
  (reader.role.node.defaultChild as iam.CfnRole).overrideLogicalId(logicalIdOfTheRole);
  bucket.grantRead(reader);
  new KubernetesObjects(this, 'Config', { cluster, objects: [config], charts: [chart], existing: ExistingObjects.TAKE_OVER });
}

export function theirsAgain(this: Migration): void {
  const { eksCluster, bucket, config, chart, version } = this;
  const { eks } = VERSIONS[version];
  connected.call(this);

  const reader = eksCluster.addServiceAccount('Reader', { name: 'reader', overwriteServiceAccount: true });
  bucket.grantRead(reader);
  new eks.KubernetesManifest(eksCluster, 'manifest-Config', { cluster: eksCluster, manifest: [config], overwrite: true });
  new eks.KubernetesManifest(eksCluster, 'Chart', { cluster: eksCluster, manifest: chart.toJson(), overwrite: true });
}

/** An account and an object that this library created. */
export function bornOurs(this: Migration): void {
  const { bucket, config } = this;
  const cluster = connected.call(this);

  const reader = new ServiceAccountWithRole(this, 'Reader', { cluster, serviceAccountName: 'reader' });
  bucket.grantRead(reader);
  new KubernetesObjects(this, 'Config', { cluster, objects: [config] });
}

export function bornOursRetained(this: Migration): void {
  bornOurs.call(this);

  RemovalPolicies.of(this).retain({ applyToResourceTypes: ['Custom::KubernetesObjects'] });
}

export function bornOursMoved(this: Migration): void {
  const { eksCluster, bucket, config, version, logicalIdOfTheRole } = this;
  const { eks } = VERSIONS[version];
  connected.call(this);

  const reader = eksCluster.addServiceAccount('Reader', { name: 'reader', overwriteServiceAccount: true });
  (reader.role.node.defaultChild as iam.CfnRole).overrideLogicalId(logicalIdOfTheRole);
  bucket.grantRead(reader);
  new eks.KubernetesManifest(eksCluster, 'manifest-Config', { cluster: eksCluster, manifest: [config], overwrite: true });
}

/** The first deployment, for an account alone. */
export function theirAccount(this: Migration): IIrsaCluster {
  this.bucket.grantRead(this.eksCluster.addServiceAccount('Reader', { name: 'reader' }));
  return connected.call(this);
}

function ourAccountIn(this: Migration['apps'], cluster: IIrsaCluster): void {
  const { bucket } = this;

  const reader = new ServiceAccountWithRole(this, 'Reader', { cluster, serviceAccountName: 'reader', existing: ExistingObjects.TAKE_OVER });
  bucket.grantRead(reader);
}

export function bothAccounts(this: Migration): void {
  ourAccountIn.call(this.apps, theirAccount.call(this));
}

export function ourAccount(this: Migration): void {
  ourAccountIn.call(this.apps, connected.call(this));
}

export function theirAccountAgain(this: Migration): void {
  const { eksCluster, bucket } = this;
  ourAccount.call(this);

  const reader = eksCluster.addServiceAccount('Reader', { name: 'reader', overwriteServiceAccount: true });
  bucket.grantRead(reader);
}

/** A manifest of two objects. */
export function several(this: Migration): void {
  const { eksCluster, config, other } = this;
  theirAccount.call(this);
  eksCluster.addManifest('Several', config, other);
}

export function severalWithoutPruning(this: Migration): void {
  const { eksCluster, config, other, version } = this;
  const { eks } = VERSIONS[version];
  theirAccount.call(this);

  new eks.KubernetesManifest(eksCluster, 'manifest-Several', { cluster: eksCluster, manifest: [config, other], prune: false });
}

export function oneMoved(this: Migration): void {
  const { eksCluster, config, other } = this;
  const cluster = theirAccount.call(this);

  eksCluster.addManifest('Several', other);
  new KubernetesObjects(this, 'Config', { cluster, objects: [config], existing: ExistingObjects.TAKE_OVER });
}
