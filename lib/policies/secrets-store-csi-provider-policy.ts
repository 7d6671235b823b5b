import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { ReadableSecrets } from './private/readable-secrets';
import { allow } from './private/statements';
import { refusalWithoutValue } from '../private/errors';
import { checkType } from '../private/props/check-props';

/** Properties of `SecretsStoreCsiProviderPolicy`. */
export interface SecretsStoreCsiProviderPolicyProps {
  /**
   * The secrets of AWS Secrets Manager that the pod mounts.
   *
   * @default - none
   */
  readonly secrets?: secretsmanager.ISecret[];

  /**
   * Whether the pod can mount all secrets of the account in the Region of the cluster.
   *
   * @default false
   */
  readonly allSecrets?: boolean;

  /**
   * The parameters of AWS Systems Manager Parameter Store that the pod mounts.
   *
   * @default - none
   */
  readonly parameters?: ssm.IParameter[];

  /**
   * Whether the pod can mount all parameters of the account in the Region of the cluster.
   *
   * @default false
   */
  readonly allParameters?: boolean;

  /**
   * Customer managed keys that encrypt the secrets and parameters, in the Region of the cluster.
   *
   * @default - the encryption keys of `secrets`, as far as they are known
   */
  readonly encryptionKeys?: kms.IKey[];
}

/**
 * The permissions that the AWS provider for the Secrets Store CSI Driver (ASCP) needs to mount secrets and parameters in a pod.
 *
 * ASCP has no role of its own. It reads secrets with the role of the service account of the pod that mounts them, so this policy is for the role of the
 * workload. That is why there is no service account by convention. With EKS Pod Identity, set `usePodIdentity: "true"` in the SecretProviderClass.
 *
 * Tighter than the upstream policy:
 * - It names the Region and the account of the secrets. The upstream example has wildcards.
 * - It allows `kms:Decrypt` only through AWS Secrets Manager and Parameter Store.
 *
 * `allSecrets` and `allParameters` are the looser forms.
 *
 * Not covered: `failoverRegion`, and keys in other Regions.
 *
 * **What a compromised pod can still do**
 *
 * Read all secrets and parameters that the policy allows, including those that the pod does not mount.
 *
 * - Read all versions of `secrets` and `parameters`, whatever its SecretProviderClass mounts. With `allSecrets` or `allParameters`, these are all in the AWS
 *   account and Region, except those encrypted with a customer managed key that the role cannot use.
 * - If the compromised pod is that of the provider itself: use the roles of all pods on its node that mount secrets, because it gets their tokens.
 *
 * @upstream Secrets Store CSI Driver Provider AWS 3.1.1
 * @hops Nothing.
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/a74182c14f96eb4787eb624d44265659f07e4008/README.md
 */
export class SecretsStoreCsiProviderPolicy implements IControllerPolicy {
  /** ASCP uses the service accounts of the workloads. */
  public readonly namespace?: string;

  /** ASCP uses the service accounts of the workloads. */
  public readonly serviceAccountName?: string;

  private readonly readable: ReadableSecrets;

  /** @throws if a property is unknown or has another type, or if there are no secrets and no parameters. */
  constructor(props: SecretsStoreCsiProviderPolicyProps) {
    checkType('SecretsStoreCsiProviderPolicy: props', 'cdk-irsa.policies.SecretsStoreCsiProviderPolicyProps', props);
    this.readable = new ReadableSecrets('SecretsStoreCsiProviderPolicy', props);
    if (this.readable.isEmpty) {
      throw refusalWithoutValue('SecretsStoreCsiProviderPolicy: secrets or parameters', 'set', 'to allow all of them, set allSecrets or allParameters to true');
    }
  }

  /**
   * The permissions for the role.
   *
   * @param context the place of the secrets.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const [secrets, parameters] = [this.readable.secretArns(context), this.readable.parameterArns(context)];
    const services = [...(secrets.length > 0 ? ['secretsmanager'] : []), ...(parameters.length > 0 ? ['ssm'] : [])];
    return {
      statements: [
        ...(secrets.length > 0 ? [allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], secrets)] : []),
        ...(parameters.length > 0 ? [allow(['ssm:GetParameters'], parameters)] : []),
        ...this.readable.useOfKeys(['kms:Decrypt'], services, context),
      ],
    };
  }
}
