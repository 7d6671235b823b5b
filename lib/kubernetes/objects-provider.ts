import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, IDependable } from 'constructs';
import { FunctionEnvironment } from './contract/environment';
import { TIMEOUTS } from './contract/timeouts';
import { IKubernetesCluster } from './kubernetes-cluster-interface';
import { allowCloudWatchLogs, decryptWith } from './private/function-encryption';
import { functionNetwork } from './private/function-network';
import { checkAccountOfRole, manageNetworkInterfaces, trustErrors, writeTo } from './private/function-role';
import { within } from '../private/errors';
import { checkSymmetricKey } from '../private/symmetric-key';

// lib/kubernetes and build/kubernetes are equally deep, so that this holds for both
const BUNDLE = join(__dirname, '..', '..', 'assets', 'lib', 'kubernetes', 'function', 'apply-objects');
// Frozen: CloudFormation refuses another ServiceToken for a resource that is there.
const ID = 'KubernetesObjectsProvider';

/** The function that applies objects to one cluster; there is one per cluster, in the cluster's own stack. */
export class ObjectsProvider extends Construct {
  /** The provider of this cluster, made at the first call: the cluster is its scope, so that it is found from any stack. */
  public static of(cluster: IKubernetesCluster): ObjectsProvider {
    return (cluster.node.tryFindChild(ID) as ObjectsProvider | undefined) ?? new ObjectsProvider(cluster);
  }

  public readonly serviceToken: string;

  /** What must be there before the first event. */
  public readonly ready: IDependable;

  private constructor(private readonly cluster: IKubernetesCluster) {
    super(cluster as Construct, ID);
    const { encryptionKey, role } = cluster.objectsFunction ?? {};
    const network = within(cluster, () => {
      checkSymmetricKey('objectsFunction.encryptionKey', encryptionKey);
      if (role) {
        checkAccountOfRole(cluster, role);
      }
      return functionNetwork(cluster);
    });
    const handlerLog = this.logGroup('HandlerLog');
    const onEventHandler = new lambda.Function(this, 'Handler', {
      code: lambda.Code.fromAsset(BUNDLE),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      description: 'Applies Kubernetes objects to an EKS cluster',
      timeout: Duration.millis(TIMEOUTS.function),
      memorySize: 512,
      logGroup: handlerLog,
      environmentEncryption: encryptionKey,
      role,
      ...network,
      environment: this.environment,
    });
    const needs = [
      // to tell a cluster that is gone from one that does not answer
      new iam.PolicyStatement({ actions: ['eks:DescribeCluster'], resources: [cluster.clusterArn] }),
      ...encryptionKey ? [decryptWith(encryptionKey)] : [],
    ];
    if (role) {
      // in this stack: in the role's, the policy would refer back to the cluster
      const policy = new iam.Policy(this, 'HandlerPolicy', {
        statements: [...needs, writeTo(handlerLog), ...network.vpc ? [manageNetworkInterfaces()] : []],
      });
      role.attachInlinePolicy(policy);
      onEventHandler.node.addDependency(policy);
      this.node.addValidation({ validate: () => trustErrors(role) });
    } else {
      needs.forEach((statement) => onEventHandler.addToRolePolicy(statement));
    }
    const provider = new Provider(this, 'Framework', {
      onEventHandler,
      logGroup: this.logGroup('FrameworkLog'),
      providerFunctionEnvEncryption: encryptionKey,
      frameworkLambdaLoggingLevel: lambda.ApplicationLogLevel.FATAL, // on any other it logs whole events, Secrets and all
    });
    const framework = provider.node.findChild('framework-onEvent') as lambda.Function;
    // Lambda would try again, and CloudFormation go on while an event still runs
    framework.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.millis(TIMEOUTS.queue) });
    if (encryptionKey) {
      allowCloudWatchLogs(this, encryptionKey);
      framework.addToRolePolicy(decryptWith(encryptionKey));
    }
    provider.node.addDependency(cluster.addObjectsAccess(this, onEventHandler.role!));
    this.serviceToken = provider.serviceToken;
    this.ready = framework.node.findChild('EventInvokeConfig');
  }

  private get environment(): { [name in keyof FunctionEnvironment]: string } {
    const { region, urlSuffix } = Stack.of(this);
    const { clusterName, clusterEndpoint, clusterCertificateAuthorityData } = this.cluster;
    return {
      CLUSTER_NAME: clusterName,
      CLUSTER_ENDPOINT: clusterEndpoint,
      CLUSTER_CERTIFICATE_AUTHORITY: clusterCertificateAuthorityData,
      STS_HOST: `sts.${region}.${urlSuffix}`,
      EKS_ENDPOINT: `https://eks.${region}.${urlSuffix}`,
    };
  }

  private logGroup(id: string): logs.LogGroup {
    const { logRetention = logs.RetentionDays.ONE_MONTH, encryptionKey } = this.cluster.objectsFunction ?? {};
    return new logs.LogGroup(this, id, { retention: logRetention, encryptionKey, removalPolicy: RemovalPolicy.DESTROY });
  }
}
