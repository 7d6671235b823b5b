import * as iam from 'aws-cdk-lib/aws-iam';
import { listIfGiven } from './inputs';
import { allow } from './statements';
import { refusal } from '../../private/errors';
import { ControllerPolicyContext } from '../controller-policy';

/** External Secrets sets this tag on what it pushes, and deletes nothing without it. */
const MANAGED = { StringEquals: { 'aws:ResourceTag/managed-by': 'external-secrets' } };

/** The secrets and parameters that External Secrets writes. They do not exist yet, so that only a prefix of their names is known. */
export class PushedSecrets {
  private readonly secrets: readonly string[];
  private readonly parameters: readonly string[];

  /**
   * Refuses empty lists and empty prefixes.
   *
   * @param policy the name of the class, for errors.
   */
  constructor(policy: string, secrets?: readonly string[], parameters?: readonly string[]) {
    this.secrets = checkedPrefixes(`${policy}: pushedSecretPrefixes`, secrets);
    this.parameters = checkedPrefixes(`${policy}: pushedParameterPrefixes`, parameters);
  }

  /** Whether nothing is pushed. */
  public get isEmpty(): boolean {
    return this.secrets.length === 0 && this.parameters.length === 0;
  }

  /** The ARNs of all secrets with one of the prefixes. */
  public secretArns({ partition, region, account }: ControllerPolicyContext): string[] {
    return this.secrets.map((prefix) => `arn:${partition}:secretsmanager:${region}:${account}:secret:${prefix}*`);
  }

  /** The ARNs of all parameters with one of the prefixes. */
  public parameterArns({ partition, region, account }: ControllerPolicyContext): string[] {
    return this.parameters.map((prefix) => `arn:${partition}:ssm:${region}:${account}:parameter/${prefix.replace(/^\//, '')}*`);
  }

  /** The statements for writes. */
  public writes(context: ControllerPolicyContext): iam.PolicyStatement[] {
    const [secrets, parameters] = [this.secretArns(context), this.parameterArns(context)];
    return [
      ...(secrets.length > 0 ? [
        // a push without a resource policy deletes that of the secret
        allow(['CreateSecret', 'DeleteResourcePolicy', 'PutSecretValue', 'TagResource', 'UntagResource'].map((name) => `secretsmanager:${name}`), secrets),
        allow(['secretsmanager:DeleteSecret'], secrets, MANAGED),
      ] : []),
      ...(parameters.length > 0 ? [
        allow(['ssm:AddTagsToResource', 'ssm:PutParameter', 'ssm:RemoveTagsFromResource'], parameters),
        allow(['ssm:DeleteParameter'], parameters, MANAGED),
      ] : []),
    ];
  }
}

function checkedPrefixes(property: string, given?: readonly string[]): readonly string[] {
  const prefixes = listIfGiven(property, given);
  const invalid = prefixes.findIndex((prefix) => !/^\/?[\w+=.@-][\w/+=.@-]*$/.test(prefix));
  if (invalid >= 0) {
    throw refusal(`${property}[${invalid}]`, prefixes[invalid], 'the literal beginning of names, with letters, digits and /_+=.@- only', 'such as prod/');
  }
  return prefixes;
}
