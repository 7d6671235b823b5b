import * as iam from 'aws-cdk-lib/aws-iam';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { refusalWithoutValue } from '../private/errors';
import { checkType } from '../private/props/check-props';

/** Properties of `CustomControllerPolicy`. */
export interface CustomControllerPolicyProps {
  /** The statements: at least one, without principals. If you change them after a role has them, the role does not change. */
  readonly statements: iam.PolicyStatement[];

  /**
   * The namespace in which the controller usually runs.
   *
   * @default - no convention: the namespace of the service account, by default `default`
   */
  readonly namespace?: string;

  /**
   * The name that the service account of the controller usually has.
   *
   * @default - no convention: the service account must have a name
   */
  readonly serviceAccountName?: string;
}

/**
 * The permissions of a controller that this library does not know.
 *
 * **What a compromised pod can still do**
 *
 * Do all that your statements allow.
 *
 * - Use all permissions in `statements`. The library adds no condition to them: name single resources, or require the tag of your cluster.
 */
export class CustomControllerPolicy implements IControllerPolicy {
  /** The namespace in which the controller usually runs. */
  public readonly namespace?: string;

  /** The name that the service account of the controller usually has. */
  public readonly serviceAccountName?: string;

  private readonly statements: iam.PolicyStatement[];

  /** @throws if a property is unknown or has another type. */
  constructor(props: CustomControllerPolicyProps) {
    checkType('CustomControllerPolicy: props', 'cdk-irsa.policies.CustomControllerPolicyProps', props);
    if (!Array.isArray(props.statements)) { // a policy document is a token
      throw refusalWithoutValue('CustomControllerPolicy: statements', 'a list of statements');
    }
    this.namespace = props.namespace;
    this.serviceAccountName = props.serviceAccountName;
    this.statements = [...props.statements];
  }

  /**
   * The given statements.
   *
   * @param _context not used.
   */
  public bind(_context: ControllerPolicyContext): ControllerPolicyConfig {
    return { statements: this.statements };
  }
}
