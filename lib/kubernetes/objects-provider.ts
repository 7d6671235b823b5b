import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, IConstruct, IDependable } from 'constructs';
import { FunctionEnvironment } from './contract/environment';
import { TIMEOUTS } from './contract/timeouts';
import { functionNetwork } from './private/function-network';
import { PlainObject } from './private/object-set';
import { within } from '../private/errors';

// lib/kubernetes and build/kubernetes are equally deep, so that this holds for both
const BUNDLE = join(__dirname, '..', '..', 'assets', 'lib', 'kubernetes', 'function', 'apply-objects');
// Frozen: CloudFormation refuses another ServiceToken for a resource that is there.
const ID = 'KubernetesObjectsProvider';

/** Objects that are applied together. */
export interface ObjectSet extends IConstruct {
  readonly _objects: PlainObject[];
}

/** The function that applies objects to one cluster; there is one per cluster, in the cluster's own stack. */
export class ObjectsProvider extends Construct {
  /** The provider of this cluster, made at the first call: the cluster is its scope, so that it is found from any stack. */
  public static of(cluster: eks.ICluster): ObjectsProvider {
    return (cluster.node.tryFindChild(ID) as ObjectsProvider | undefined) ?? new ObjectsProvider(cluster, ID, cluster);
  }

  public readonly serviceToken: string;

  /** What must be there before the first event. */
  public readonly ready: IDependable;

  private readonly sets: ObjectSet[] = [];

  private constructor(scope: Construct, id: string, cluster: eks.ICluster) {
    super(scope, id);
    const { region, urlSuffix } = Stack.of(this);
    const onEventHandler = new lambda.Function(this, 'Handler', {
      code: lambda.Code.fromAsset(BUNDLE),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      description: 'Applies Kubernetes objects to an EKS cluster',
      timeout: Duration.millis(TIMEOUTS.function),
      memorySize: 512,
      logGroup: this.logGroup('HandlerLog'),
      ...within(this, () => functionNetwork(cluster)),
      environment: {
        CLUSTER_NAME: cluster.clusterName,
        CLUSTER_ENDPOINT: cluster.clusterEndpoint,
        CLUSTER_CERTIFICATE_AUTHORITY: cluster.clusterCertificateAuthorityData,
        STS_HOST: `sts.${region}.${urlSuffix}`,
        EKS_ENDPOINT: `https://eks.${region}.${urlSuffix}`,
      } satisfies FunctionEnvironment,
    });
    // to tell a cluster that is gone from one that does not answer
    onEventHandler.addToRolePolicy(new iam.PolicyStatement({ actions: ['eks:DescribeCluster'], resources: [cluster.clusterArn] }));
    const access = new eks.AccessEntry(this, 'Access', {
      cluster,
      principal: onEventHandler.role!.roleArn,
      accessPolicies: [eks.AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', { accessScopeType: eks.AccessScopeType.CLUSTER })],
    });
    const provider = new Provider(this, 'Framework', {
      onEventHandler,
      logGroup: this.logGroup('FrameworkLog'),
      frameworkLambdaLoggingLevel: lambda.ApplicationLogLevel.FATAL, // on any other it logs whole events, Secrets and all
    });
    const framework = provider.node.findChild('framework-onEvent') as lambda.Function;
    // Lambda would try again, and CloudFormation go on while an event still runs
    framework.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.millis(TIMEOUTS.queue) });
    provider.node.addDependency(access);
    this.serviceToken = provider.serviceToken;
    this.ready = framework.node.findChild('EventInvokeConfig');
  }

  public addSet(set: ObjectSet): void {
    this.sets.push(set);
  }

  /** The sets of this cluster that a stack has until now. */
  public setsIn(stack: Stack): ObjectSet[] {
    return this.sets.filter((set) => Stack.of(set) === stack);
  }

  private logGroup(id: string): logs.LogGroup {
    return new logs.LogGroup(this, id, { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  }
}
