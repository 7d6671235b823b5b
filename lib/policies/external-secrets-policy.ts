import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { listIfGiven, withoutWildcards } from './private/inputs';
import { PushedSecrets } from './private/pushed-secrets';
import { ReadableSecrets } from './private/readable-secrets';
import { allow, allowOnAll } from './private/statements';
import { refusalWithoutValue } from '../private/errors';
import { checkType } from '../private/props/check-props';

/** Properties of `ExternalSecretsPolicy`. */
export interface ExternalSecretsPolicyProps {
  /**
   * The secrets of AWS Secrets Manager that External Secrets reads.
   *
   * @default - none
   */
  readonly secrets?: secretsmanager.ISecret[];

  /**
   * Whether External Secrets reads all secrets of the account in the Region of the cluster.
   *
   * @default false
   */
  readonly allSecrets?: boolean;

  /**
   * The parameters of AWS Systems Manager Parameter Store that External Secrets reads.
   *
   * @default - none
   */
  readonly parameters?: ssm.IParameter[];

  /**
   * Whether External Secrets reads all parameters of the account in the Region of the cluster.
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

  /**
   * The roles that stores assume: `role` and the first of `additionalRoles`. The roles must trust the role of External Secrets.
   *
   * @default - none
   */
  readonly assumedRoles?: iam.IRole[];

  /**
   * Whether ExternalSecrets have `dataFrom.find`. External Secrets can then list the names and tags of all secrets and parameters, but not read others. What is
   * found by its name must be readable. With Parameter Store, External Secrets first asks for all parameters of a path, which is denied, and then for each.
   *
   * @default false
   */
  readonly findByNameOrTags?: boolean;

  /**
   * The beginnings of the names of the secrets that PushSecrets write, such as `prod/`: the `prefix` of their store. Reserve these prefixes for PushSecrets.
   *
   * @default - none: no PushSecret writes secrets
   */
  readonly pushedSecretPrefixes?: string[];

  /**
   * The beginnings of the names of the parameters that PushSecrets write, such as `/prod/`: the `prefix` of their store. Reserve these prefixes for PushSecrets.
   *
   * @default - none: no PushSecret writes parameters
   */
  readonly pushedParameterPrefixes?: string[];
}

/**
 * The permissions of External Secrets: it reads the given secrets of AWS Secrets Manager and parameters of Parameter Store, and assumes the given roles.
 *
 * Leave out `auth` in the SecretStore, so that External Secrets uses its own role.
 *
 * Everybody who can create a store and an ExternalSecret can read what this role can read. To separate namespaces, give each store a `role`, and list only
 * these roles in `assumedRoles`.
 *
 * Tighter than the upstream policy:
 * - It allows `secretsmanager:ListSecrets`, `secretsmanager:BatchGetSecretValue` and `ssm:DescribeParameters` only with `findByNameOrTags`.
 * - `secretsmanager:GetResourcePolicy` and `secretsmanager:ListSecretVersionIds` are left out, because External Secrets does not call them to read secrets.
 * - It allows `ssm:GetParameter` and `ssm:ListTagsForResource`. The upstream policy allows `ssm:GetParameter*`.
 * - It allows the use of keys only through AWS Secrets Manager and Parameter Store.
 * - Writes need a prefix. The tag `managed-by`, which deletions require, is not a boundary: External Secrets sets it when it creates a secret, and a pod could
 *   set it on other secrets with the prefix.
 *
 * `allSecrets`, `allParameters` and `findByNameOrTags` are the looser forms.
 *
 * Not covered: resource policies and replicas of pushed secrets, pushed parameters of the advanced tier with a customer managed key, AWS Certificate Manager,
 * and generators for Amazon ECR and AWS STS.
 *
 * **What a compromised pod can still do**
 *
 * Read all secrets and parameters that the policy allows, whichever namespace they are for.
 *
 * - Read all versions of `secrets` and `parameters`. With `allSecrets` or `allParameters`, these are all in the AWS account and Region, except those
 *   encrypted with a customer managed key that the role cannot use.
 * - Assume each of `assumedRoles`, with any session tags. Roles for each store separate the namespaces from each other, but not from this pod.
 * - Read, replace, tag and delete all secrets and parameters with `pushedSecretPrefixes` and `pushedParameterPrefixes`, whoever created them. Secrets can be
 *   deleted without recovery, and lose their resource policies.
 * - List the names and tags of all secrets and parameters in the AWS account, with `findByNameOrTags`.
 *
 * @upstream External Secrets 2.9.0
 * @hops Nothing.
 * @see https://github.com/external-secrets/external-secrets/blob/v2.9.0/docs/provider/aws-secrets-manager.md
 */
export class ExternalSecretsPolicy implements IControllerPolicy {
  /** The namespace of External Secrets. */
  public readonly namespace?: string = 'external-secrets';

  /** The service account of External Secrets. */
  public readonly serviceAccountName?: string = 'external-secrets';

  private readonly readable: ReadableSecrets;
  private readonly pushed: PushedSecrets;
  private readonly roles: readonly iam.IRole[];
  private readonly finds: boolean;

  /** @throws if a property is unknown or has another type, or if there is nothing to read, to push or to assume. */
  constructor(props: ExternalSecretsPolicyProps) {
    checkType('ExternalSecretsPolicy: props', 'cdk-irsa.policies.ExternalSecretsPolicyProps', props);
    this.readable = new ReadableSecrets('ExternalSecretsPolicy', props);
    this.pushed = new PushedSecrets('ExternalSecretsPolicy', props.pushedSecretPrefixes, props.pushedParameterPrefixes);
    this.roles = listIfGiven('ExternalSecretsPolicy: assumedRoles', props.assumedRoles);
    withoutWildcards('ExternalSecretsPolicy: assumedRoles', this.roles.map(({ roleArn }) => roleArn));
    this.finds = props.findByNameOrTags ?? false;
    const hasNothing = this.readable.isEmpty && this.pushed.isEmpty;
    if (hasNothing && this.roles.length === 0) {
      throw refusalWithoutValue('ExternalSecretsPolicy: secrets, parameters or assumedRoles', 'set',
        'to allow all secrets or parameters, set allSecrets or allParameters to true');
    }
    if (hasNothing && (props.encryptionKeys || this.finds)) {
      throw refusalWithoutValue('ExternalSecretsPolicy: encryptionKeys and findByNameOrTags', 'omitted without secrets and parameters',
        'set one of these, or give the permissions to the assumed roles');
    }
  }

  /**
   * The permissions for the role.
   *
   * @param context the place of the secrets.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    return { statements: [...this.reads(context), ...this.pushed.writes(context), ...this.uses(context), ...this.assumes()] };
  }

  private reads(context: ControllerPolicyContext): iam.PolicyStatement[] {
    const [secrets, parameters] = this.arns(context);
    return [
      ...(secrets.length > 0 ? [allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], secrets)] : []),
      ...(secrets.length > 0 && this.finds ? [allowOnAll('secretsmanager:BatchGetSecretValue', 'secretsmanager:ListSecrets')] : []),
      ...(parameters.length > 0 ? [allow(['ssm:GetParameter', 'ssm:ListTagsForResource'], parameters)] : []),
      ...(parameters.length > 0 && this.finds ? [allowOnAll('ssm:DescribeParameters')] : []),
    ];
  }

  /** PushSecrets also read what they have written. */
  private arns(context: ControllerPolicyContext): [secrets: string[], parameters: string[]] {
    return [
      [...new Set([...this.readable.secretArns(context), ...this.pushed.secretArns(context)])],
      [...new Set([...this.readable.parameterArns(context), ...this.pushed.parameterArns(context)])],
    ];
  }

  /** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-authz */
  private uses(context: ControllerPolicyContext): iam.PolicyStatement[] {
    const [secrets, parameters] = this.arns(context);
    const services = [...(secrets.length > 0 ? ['secretsmanager'] : []), ...(parameters.length > 0 ? ['ssm'] : [])];
    const pushes = (arns: string[], service: string) => arns.length > 0 ? [service] : [];
    return [
      ...this.readable.useOfKeys(['kms:Decrypt'], services, context),
      ...this.readable.useOfKeys(['kms:GenerateDataKey'], pushes(this.pushed.secretArns(context), 'secretsmanager'), context),
      ...this.readable.useOfKeys(['kms:Encrypt'], pushes(this.pushed.parameterArns(context), 'ssm'), context),
    ];
  }

  /** Stores can set session tags, and those of EKS Pod Identity are passed on. */
  private assumes(): iam.PolicyStatement[] {
    return this.roles.length > 0 ? [allow(['sts:AssumeRole', 'sts:TagSession'], this.roles.map(({ roleArn }) => roleArn))] : [];
  }
}
