import { AwaitedCondition, DEPLOYMENT_AVAILABLE, JOB_COMPLETE } from './contract/awaited-condition';
import { inCall, refusalWithoutValue } from '../private/errors';
import { checkLabel } from '../private/kubernetes-names';
import { checkType } from '../private/props/check-props';

/** Options for `Wait.jobComplete` and `Wait.deploymentAvailable`. */
export interface WaitOptions {
  /**
   * The namespace of the object. Leave it out for an object that is not in a namespace.
   *
   * @default 'default'
   */
  readonly namespace?: string;
}

/** The condition of an object, for `Wait.condition`. */
export interface WaitConditionOptions extends WaitOptions {
  /** The API version of the object, such as `cert-manager.io/v1`. */
  readonly apiVersion: string;

  /** The kind of the object, such as `Certificate`. */
  readonly kind: string;

  /** The name of the object. Can be a token. */
  readonly name: string;

  /** The type of the condition, such as `Ready`. */
  readonly type: string;
}

/**
 * What `KubernetesObjects` waits for after it has applied its objects.
 *
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_wait/
 */
export class Wait {
  /**
   * A Job has completed. If the Job fails, the deployment fails at once.
   *
   * A Job that has finished and was deleted before this deployment counts as complete while its definition stays the same. It does not run
   * again. If `ttlSecondsAfterFinished` of the Job is set, it must be at least 60 seconds, so that the function can read the result.
   *
   * @param jobName the name of the Job. Can be a token.
   * @param options for example, the namespace of the Job.
   * @throws if Kubernetes does not accept the namespace.
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#terminal-job-conditions
   */
  public static jobComplete(jobName: string, options: WaitOptions = {}): Wait {
    return inCall('Wait.jobComplete', () => {
      checkText('jobName', jobName);
      return new Wait({ ...JOB_COMPLETE, Name: jobName, Namespace: namespaceIn(options) });
    });
  }

  /**
   * All replicas of a Deployment are up to date and available, and there are no others, as with `kubectl rollout status`. If the Deployment
   * exceeds its `progressDeadlineSeconds`, the deployment of the stack fails at once.
   *
   * @param deploymentName the name of the Deployment. Can be a token.
   * @param options for example, the namespace of the Deployment.
   * @throws if Kubernetes does not accept the namespace.
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
   */
  public static deploymentAvailable(deploymentName: string, options: WaitOptions = {}): Wait {
    return inCall('Wait.deploymentAvailable', () => {
      checkText('deploymentName', deploymentName);
      return new Wait({ ...DEPLOYMENT_AVAILABLE, Name: deploymentName, Namespace: namespaceIn(options) });
    });
  }

  /**
   * An object of any kind has a condition with the status `True`, such as `Ready` of a Certificate or `Established` of a
   * CustomResourceDefinition. A condition that its controller has observed for an earlier generation of the object does not count.
   * The deployment never fails at once, except for a Job, or for `Available` of a Deployment: these fail as with `jobComplete` and
   * `deploymentAvailable`.
   *
   * @param options the object, and the type of the condition.
   * @throws if a part is missing, or if Kubernetes does not accept the namespace.
   * @see https://github.com/kubernetes/community/blob/main/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties
   */
  public static condition(options: WaitConditionOptions): Wait {
    return inCall('Wait.condition', () => {
      const namespace = namespaceIn(options, 'cdk-irsa.WaitConditionOptions');
      const { apiVersion, kind, name, type } = options;
      Object.entries({ apiVersion, kind, name, type }).forEach(([property, value]) => checkText(property, value));
      return new Wait({ ApiVersion: apiVersion, Kind: kind, Name: name, Type: type, Namespace: namespace });
    });
  }

  private constructor(private readonly awaited: AwaitedCondition) {}

  /** @internal */
  public _toProperty(): AwaitedCondition {
    return this.awaited;
  }
}

function checkText(name: string, value: string): void {
  checkType(name, 'string', value);
  if (value === '') {
    throw refusalWithoutValue(name, 'a string that is not empty');
  }
}

function namespaceIn(options: WaitOptions, type = 'cdk-irsa.WaitOptions'): string {
  checkType('options', type, options);
  const { namespace = 'default' } = options;
  checkLabel('namespace', namespace);
  return namespace;
}
