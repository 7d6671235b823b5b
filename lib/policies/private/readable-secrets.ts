import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { listIfGiven, selectedIfGiven, withoutWildcards } from './inputs';
import { checkKeys, viaService } from './kms';
import { allow } from './statements';
import { ControllerPolicyContext } from '../controller-policy';

/** The properties of the policies that read secrets and parameters. */
export interface ReadableSecretsProps {
  readonly secrets?: secretsmanager.ISecret[];
  readonly allSecrets?: boolean;
  readonly parameters?: ssm.IParameter[];
  readonly allParameters?: boolean;
  readonly encryptionKeys?: kms.IKey[];
}

/** The secrets and parameters that a controller may read, and the keys that encrypt them. */
export class ReadableSecrets {
  private readonly secrets: readonly secretsmanager.ISecret[] | 'all';
  private readonly parameters: readonly ssm.IParameter[] | 'all';
  private readonly keys: readonly kms.IKey[];

  /**
   * Refuses empty lists, wildcards, and aliases of keys.
   *
   * @param policy the name of the class, for errors.
   */
  constructor(policy: string, { secrets, allSecrets, parameters, allParameters, encryptionKeys }: ReadableSecretsProps) {
    this.secrets = selectedIfGiven(policy, { names: ['secrets', 'allSecrets'], list: secrets, all: allSecrets });
    this.parameters = selectedIfGiven(policy, { names: ['parameters', 'allParameters'], list: parameters, all: allParameters });
    withoutWildcards(`${policy}: secrets`, secrets?.map(({ secretArn }) => secretArn));
    withoutWildcards(`${policy}: parameters`, parameters?.map(({ parameterArn }) => parameterArn));
    checkKeys(`${policy}: encryptionKeys`, encryptionKeys);
    this.keys = [...listIfGiven(`${policy}: encryptionKeys`, encryptionKeys), ...(this.secrets === 'all' ? [] : this.secrets.flatMap(({ encryptionKey }) => encryptionKey ?? []))];
  }

  /** Whether there is neither a secret nor a parameter. */
  public get isEmpty(): boolean {
    return this.secrets.length === 0 && this.parameters.length === 0;
  }

  /** The ARNs of the secrets. A secret that is imported by its name lacks the suffix of its ARN, which is six characters. */
  public secretArns({ partition, region, account }: ControllerPolicyContext): string[] {
    return this.secrets === 'all'
      ? [`arn:${partition}:secretsmanager:${region}:${account}:secret:*`]
      : this.secrets.map(({ secretFullArn, secretArn }) => secretFullArn ?? `${secretArn}-??????`);
  }

  /** The ARNs of the parameters. */
  public parameterArns({ partition, region, account }: ControllerPolicyContext): string[] {
    return this.parameters === 'all' ? [`arn:${partition}:ssm:${region}:${account}:parameter/*`] : this.parameters.map(({ parameterArn }) => parameterArn);
  }

  /** Statements for the keys, as far as AWS Secrets Manager or Parameter Store uses them for the controller. */
  public useOfKeys(actions: string[], services: string[], { region }: ControllerPolicyContext): iam.PolicyStatement[] {
    const arns = [...new Set(this.keys.map(({ keyArn }) => keyArn))];
    return arns.length === 0 || services.length === 0 ? [] : [allow(actions, arns, {
      StringEquals: { 'kms:ViaService': services.flatMap((service) => viaService(service, region)['kms:ViaService']) },
    })];
  }
}
