import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, IDependable } from 'constructs';
import { KubernetesClusterDefinition } from './kubernetes-cluster-definition';
import { refusalWithoutValue, within } from '../../private/errors';
import { isInTree } from '../../private/in-tree';
import { literalArn } from '../../private/literal-policies';
import { checkSymmetricKey } from '../../private/symmetric-key';
import { FunctionEnvironment } from '../contract/environment';
import { TIMEOUTS } from '../contract/timeouts';
import { IKubernetesCluster } from '../kubernetes-cluster-interface';
import { comparisonFor } from '../private/cluster-comparison';
import { clusterKey } from '../private/cluster-key';
import { allowCloudWatchLogs, decryptWith } from '../private/function-encryption';
import { acknowledgeFrameworkFindings, acknowledgeHandlerPolicies, acknowledgeNetworkInterfaces } from '../private/function-findings';
import { FunctionNetwork, functionNetwork } from '../private/function-network';
import { checkAccountOfRole, manageNetworkInterfaces, trustErrors, writeTo } from '../private/function-role';

// valid for lib/kubernetes/internal and for build/kubernetes/internal, which have the same depth
const BUNDLE = join(__dirname, '..', '..', '..', 'assets', 'lib', 'kubernetes', 'function', 'apply-objects');
// Never change it: CloudFormation does not allow a new ServiceToken for an existing custom resource.
const ID = 'KubernetesObjectsProvider';

/** The function that applies objects in a cluster. There is one for each cluster, in the stack of the construct that represents the cluster. */
export class ObjectsProvider extends Construct {
  /** The provider of this cluster, which the first call creates. Its scope is the cluster, so that every stack finds it. */
  public static of(cluster: IKubernetesCluster): ObjectsProvider {
    return (cluster.node.tryFindChild(ID) as ObjectsProvider | undefined) ?? new ObjectsProvider(cluster);
  }

  /** Refuses to apply objects in a cluster without a function. */
  public static checkAppliesObjects({ node, _definition }: IKubernetesCluster): void {
    if (!_definition.objectsAccess._definition.appliesObjects) {
      throw refusalWithoutValue(`objectsAccess of ${node.path}`, 'other than ObjectsAccess.none() if this library applies objects',
        'set another ObjectsAccess on the cluster, or define the role alone with ServiceAccountRole, and let another tool apply the objects');
    }
  }

  /** Refuses options for the function if there is none. */
  public static checkOptions({ objectsAccess, objectsFunction }: Pick<KubernetesClusterDefinition, 'objectsAccess' | 'objectsFunction'>): void {
    if (!objectsAccess._definition.appliesObjects && objectsFunction) {
      throw refusalWithoutValue('objectsFunction', 'omitted with ObjectsAccess.none()', 'there is no function that applies objects');
    }
  }

  public readonly serviceToken: string;

  /** The constructs that must be deployed before the first event. */
  public readonly ready: IDependable;

  private constructor(public readonly cluster: IKubernetesCluster) {
    super(cluster as Construct, ID);
    const { encryptionKey, role } = cluster._definition.objectsFunction ?? {};
    const network = within(cluster, () => {
      register(this);
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
      environment: this.environment(network),
    });
    const needs = [
      // to distinguish a deleted cluster from one that does not respond, and to compare its address
      new iam.PolicyStatement({ actions: ['eks:DescribeCluster'], resources: [literalArn('clusterArn', cluster.clusterArn)] }),
      ...(encryptionKey ? [decryptWith(encryptionKey)] : []),
    ];
    if (role) {
      // in this stack, because in the stack of the role, the policy would refer back to the cluster
      const policy = new iam.Policy(this, 'HandlerPolicy', {
        statements: [...needs, writeTo(handlerLog), ...(network.vpc ? [manageNetworkInterfaces()] : [])],
      });
      acknowledgeNetworkInterfaces(policy, network);
      role.attachInlinePolicy(policy);
      onEventHandler.node.addDependency(policy);
      this.node.addValidation({ validate: () => trustErrors(role) });
    } else {
      acknowledgeHandlerPolicies(onEventHandler.role!, network);
      needs.forEach((statement) => onEventHandler.addToRolePolicy(statement));
    }
    const provider = new Provider(this, 'Framework', {
      onEventHandler,
      logGroup: this.logGroup('FrameworkLog'),
      providerFunctionEnvEncryption: encryptionKey,
      frameworkLambdaLoggingLevel: lambda.ApplicationLogLevel.FATAL, // at every other level it logs complete events, including Secrets
    });
    const framework = provider.node.findChild('framework-onEvent') as lambda.Function;
    // otherwise, Lambda would retry, and CloudFormation would continue while an event is still in progress
    framework.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.millis(TIMEOUTS.queue) });
    acknowledgeFrameworkFindings(framework.role!, onEventHandler);
    if (encryptionKey) {
      allowCloudWatchLogs(this, encryptionKey);
      framework.addToRolePolicy(decryptWith(encryptionKey));
    }
    provider.node.addDependency(cluster._definition.addObjectsAccess(this, onEventHandler.role!));
    this.serviceToken = provider.serviceToken;
    this.ready = framework.node.findChild('EventInvokeConfig');
  }

  private environment(network: FunctionNetwork): { [name in keyof FunctionEnvironment]: string } {
    const { region, urlSuffix } = Stack.of(this);
    const { clusterName, clusterEndpoint, clusterCertificateAuthorityData } = this.cluster;
    const comparison = comparisonFor(this.cluster, network);
    return {
      CLUSTER_NAME: clusterName,
      CLUSTER_ENDPOINT: clusterEndpoint,
      CLUSTER_CERTIFICATE_AUTHORITY: clusterCertificateAuthorityData,
      STS_HOST: `sts.${region}.${urlSuffix}`,
      EKS_ENDPOINT: `https://eks.${region}.${urlSuffix}`,
      ...comparison && { CLUSTER_COMPARISON: comparison },
    };
  }

  private logGroup(id: string): logs.LogGroup {
    const { logRetention = logs.RetentionDays.ONE_MONTH, encryptionKey } = this.cluster._definition.objectsFunction ?? {};
    return new logs.LogGroup(this, id, { retention: logRetention, encryptionKey, removalPolicy: RemovalPolicy.DESTROY });
  }
}

/** By the stage, because a stack cannot refer to the function of another stage, and by the cluster. */
const PROVIDERS = new WeakMap<Stage, Map<string, ObjectsProvider>>();

/**
 * A second function would be one more administrator of the cluster. Which of the two applies a set would depend on the construct that represents
 * the cluster.
 */
function register(provider: ObjectsProvider): void {
  const { cluster } = provider;
  const ofStage = PROVIDERS.get(Stage.of(cluster)!) ?? new Map<string, ObjectsProvider>();
  PROVIDERS.set(Stage.of(cluster)!, ofStage);
  const key = clusterKey(cluster);
  const other = ofStage.get(key);
  if (other && isInTree(other)) {
    throw new Error(`the app already applies objects in this cluster through ${other.cluster.node.path}: pass that construct as cluster, so that there is one function`);
  }
  ofStage.set(key, provider);
}
