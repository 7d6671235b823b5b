import { App, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import { Construct } from 'constructs';
import { context } from '../cdk.json';
import { IIrsaCluster, IrsaCluster, KubernetesObjects, ObjectsAccess, OidcProvider, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../lib';
import { newCluster, version } from './stacks';

const env = { account: '123456789012', region: 'eu-central-1' };
const objectsAccess = ObjectsAccess.clusterAdmin();
const created = { oidcProvider: OidcProvider.create(), objectsAccess };

const CLUSTERS: [string, (platform: Stack) => IIrsaCluster][] = [
  ['a new cluster', (platform) => newCluster(platform)],
  ['a cluster by its attributes', (platform) => IrsaCluster.fromIrsaClusterAttributes(platform, 'Cluster', {
    clusterName: 'prod',
    issuerUrl: 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC123',
    clusterEndpoint: 'https://ABC123.gr7.eu-central-1.eks.amazonaws.com',
    clusterCertificateAuthorityData: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t',
    objectsAccess,
  })],
  ['a cluster of aws-eks-v2', (platform) => IrsaCluster.fromEksCluster(platform, 'Cluster', new eks.Cluster(platform, 'Theirs', { version }), created)],
  ['a cluster of aws-eks', (platform) => IrsaCluster.fromEksV1Cluster(platform, 'Cluster', new eksv1.Cluster(platform, 'Theirs', {
    version: eksv1.KubernetesVersion.V1_33,
    defaultCapacity: 0,
    authenticationMode: eksv1.AuthenticationMode.API_AND_CONFIG_MAP,
    kubectlLayer: { layerVersionArn: 'arn:aws:lambda:eu-central-1:123456789012:layer:kubectl:1' } as any,
  }), created)],
];

type Name = 'Platform' | 'Data' | 'Apps';
const FORTH: Name[] = ['Platform', 'Data', 'Apps'];
const BACK: Name[] = ['Apps', 'Data', 'Platform'];

/** aws-cdk-lib has weak references since 2.252.0. */
const app = (references: string) => new App({ context: { ...context, '@aws-cdk/core:defaultCrossStackReferences': references } });

/** What contains the stacks, and the order in which they are defined. */
const PLACES: [string, () => Construct, Name[]][] = [
  ['in an app', () => app('strong'), FORTH],
  ['in an app, in reverse order', () => app('strong'), BACK],
  ['in an app with weak references, if aws-cdk-lib has them', () => app('weak'), BACK],
  ['in a stage of a pipeline', () => new Stage(app('strong'), 'Prod', { env }), BACK],
];

/** The stack of a cluster, the stack of a bucket and a table, and the stack of a service account. Their order also is that of their constructs. */
function define(clusterIn: (platform: Stack) => IIrsaCluster, scope: Construct = app('strong'), order = FORTH) {
  const stacks = new Map(order.map((name) => [name, new Stack(scope, name, { env })]));
  const [platform, data, apps] = (['Platform', 'Data', 'Apps'] as const).map((name) => stacks.get(name)!);
  const cluster = clusterIn(platform); // before all that uses it
  const first = order[0] === 'Apps' ? readerIn(apps, cluster) : undefined;
  const bucket = new s3.Bucket(data, 'Bucket', { encryption: s3.BucketEncryption.KMS });
  const table = new dynamodb.Table(data, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED });
  return { platform, data, apps, cluster, bucket, table, reader: first ?? readerIn(apps, cluster) };
}

const readerIn = (stack: Stack, cluster: IIrsaCluster, serviceAccountName = 'reader') => new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName, namespace: 'reports' });
const settingsIn = (stack: Stack, cluster: IIrsaCluster, data: object) => new KubernetesObjects(stack, 'Settings', {
  cluster, objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'reports' }, data }],
});
/** A bucket policy that names the role. */
const admit = (bucket: s3.Bucket, { roleArn }: ServiceAccountWithRole) => bucket.addToResourcePolicy(
  new iam.PolicyStatement({ principals: [new iam.ArnPrincipal(roleArn)], actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));

/** Synthesizes everything around a stack. A pipeline reads the dependencies of the stacks in its stage. */
function synth(stack: Stack): void {
  const stage = Stage.of(stack)!;
  const root = stack.node.root as App;
  if (stage !== root) {
    const input = CodePipelineSource.connection('example/apps', 'main', { connectionArn: 'arn:aws:codeconnections:eu-central-1:123456789012:connection/1' });
    new CodePipeline(new Stack(root, 'Pipeline', { env }), 'Pipeline', { synth: new ShellStep('Synth', { input, commands: ['npx cdk synth'] }) }).addStage(stage);
  }
  root.synth();
}
const dependenciesOf = (...stacks: Stack[]) => stacks.map(({ dependencies }) => dependencies.map(({ node }) => node.id).sort());

describe.each(CLUSTERS)('three stacks with %s', (_, clusterIn) => {
  describe.each(PLACES)('%s', (__, scopeOf, order) => {
    test('do not depend on each other if a service account has grants', () => {
      const { platform, data, apps, cluster, bucket, table, reader } = define(clusterIn, scopeOf(), order);
      bucket.grantReadWrite(reader);
      table.grantReadData(reader);
      settingsIn(apps, cluster, { bucket: bucket.bucketName, table: table.tableArn });
      synth(apps);
      expect(dependenciesOf(platform, data, apps)).toEqual([[], [], ['Data', 'Platform']]);
    });

    test('do not depend on each other if a bucket policy names the role', () => {
      const { platform, data, apps, bucket, reader } = define(clusterIn, scopeOf(), order);
      admit(bucket, reader);
      synth(apps);
      expect(dependenciesOf(platform, data, apps)).toEqual([[], ['Apps'], ['Platform']]);
    });

    test('do not depend on each other if the role is in the stack of the data', () => {
      const { platform, data, apps, cluster, bucket } = define(clusterIn, scopeOf(), order);
      const serviceAccountRole = new ServiceAccountRole(data, 'Role', { cluster, subjects: [ServiceAccountSubject.exact('reports', 'other')] });
      bucket.grantReadWrite(serviceAccountRole);
      new ServiceAccountWithRole(apps, 'Sharer', { cluster, serviceAccountName: 'sharer', namespace: 'reports', serviceAccountRole });
      synth(apps);
      expect(dependenciesOf(platform, data, apps)[2]).toEqual(['Data', 'Platform']);
    });
  });

  test('depend on each other if a bucket policy names the role and objects name the bucket, unless its name is a literal', () => {
    const defineWith = (name: (bucket: s3.Bucket) => string) => {
      const { apps, cluster, bucket, reader } = define(clusterIn);
      admit(bucket, reader);
      settingsIn(apps, cluster, { bucket: name(bucket) });
      return () => synth(apps);
    };
    expect(defineWith((bucket) => bucket.bucketName)).toThrow("'Data' depends on 'Apps' (Data -> Apps/Reader/Role/Resource/Resource.Arn). "
      + 'Adding this dependency (Apps -> Data/Bucket/Resource.Ref) would create a cyclic reference.');
    expect(defineWith(() => 'the-bucket')).not.toThrow();
  });

  test('leave the resources of the cluster as they are, whoever uses it', () => {
    const alone = new Stack(app('strong'), 'Platform', { env });
    clusterIn(alone);
    const { platform, bucket, reader } = define(clusterIn);
    bucket.grantRead(reader);
    const [before, after] = [alone, platform].map((stack) => Template.fromStack(stack).toJSON().Resources);
    expect(after).toEqual(before);
  });

  test('fail if a bucket policy names the role and the role has a grant', () => {
    const { apps, bucket, reader } = define(clusterIn);
    bucket.grantRead(reader);
    admit(bucket, reader);
    expect(() => synth(apps)).toThrow('Apps/Reader/Role/Resource: its grants make stack Apps depend on Data, but Data depends on Apps: Data/Bucket/Policy/Resource refers to it. '
      + 'Define the service account and the granted resource in one stack, or remove the role from the resource policy: in one AWS account, the grant is sufficient');
  });

  test('fail if the service account is in the stack of the cluster, and the bucket in one that uses the cluster', () => {
    const { platform, data, cluster, bucket } = define(clusterIn);
    settingsIn(data, cluster, {});
    bucket.grantRead(readerIn(platform, cluster, 'backup'));
    expect(() => synth(data)).toThrow(/^Platform\/Reader\/Role\/Resource: its grants make stack Platform depend on Data, but Data depends on Platform: Data\/Settings\/\S+ refers to it\. Define the service account and the granted resource in one stack/);
  });
});

/** A cluster, a role that its pods can get, and a bucket that the role can read, in stacks with these environments. */
function defineIn({ platform, data, apps, pinned }: { platform?: object; data?: object; apps?: object; pinned?: boolean }): () => void {
  const root = app('strong');
  const stackIn = (name: Name, of?: object) => new Stack(root, name, { env: of });
  const cluster = newCluster(stackIn('Platform', platform), pinned ? { issuerUrl: 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC123' } : {});
  const bucket = new s3.Bucket(stackIn('Data', data), 'Bucket', pinned ? { bucketName: 'reports' } : {});
  return () => {
    bucket.grantRead(new ServiceAccountRole(stackIn('Apps', apps), 'Reader', { cluster, subjects: [ServiceAccountSubject.exact('reports', 'reader')], roleName: 'reader' }));
    new Stack(root, 'Other'); // uses none of these
    root.synth();
  };
}

const REGION = { region: env.region };
const SAME_ENV = /give both stacks the same env, or neither|in a cross-environment fashion/;

test.each<[string, Parameters<typeof defineIn>[0]]>([
  ['on none', {}],
  ['the same on all, but not on one that uses none of them', { platform: env, data: env, apps: env }],
  ['others, but with a literal issuer and literal names', { platform: env, apps: { account: '210987654321', region: env.region }, data: env, pinned: true }],
])('the stack of a cluster and those that use it can have an env: %s', (_, where) => {
  expect(defineIn(where)).not.toThrow();
});

test.each<[string, Parameters<typeof defineIn>[0]]>([
  ['on the role only', { apps: env }],
  ['on the cluster only', { platform: env }],
  ['on all but the bucket', { platform: env, apps: env }],
  ['with a Region only on the role', { platform: env, data: env, apps: REGION }],
])('and it is an error to set one %s', (_, where) => {
  expect(defineIn(where)).toThrow(SAME_ENV);
});
