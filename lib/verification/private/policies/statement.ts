import { Policy } from './policy';
import { AccessPlace } from '../../access-reason';
import { Text } from '../values/text';

/** Which elements a policy takes: identity policies name no principal, trust policies name no resource. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/** A policy as data. */
export interface ParsedPolicy {
  readonly policy: Policy;
  /** Whether the version of the policy has policy variables. */
  readonly hasVariables: boolean;
  readonly statements: readonly Statement[];
  /** What is not known of the document, or what IAM would refuse. Any statement could be there instead. */
  readonly problems: readonly string[];
}

/** A statement of a policy. What is unknown or malformed is undefined, and named in `problems`. */
export interface Statement {
  readonly policy: Policy;
  readonly place?: AccessPlace;
  readonly sid?: string;
  readonly effect?: 'Allow' | 'Deny';
  readonly actions?: Values;
  /** All resources, in a policy that names none because it belongs to one. */
  readonly resources?: Values;
  /** Undefined in identity policies, too. */
  readonly principals?: Principals;
  readonly conditions?: readonly Condition[];
  readonly hasVariables: boolean;
  readonly problems: readonly string[];
}

/** Whether a statement is about all resources, whatever else it names. */
export const isAboutAll = ({ resources }: Pick<Statement, 'resources'>): boolean =>
  resources !== undefined && !resources.negated && resources.values.some(({ literal }) => literal === '*');

/** The values of `Action` or `NotAction`, and so on. */
export interface Values {
  /** Whether the statement is about everything else. */
  readonly negated: boolean;
  readonly values: readonly Text[];
}

export interface Principals {
  readonly negated: boolean;
  readonly principals: readonly Principal[];
}

/** `*` has the kind `AWS`, and stands for everyone. */
export interface Principal {
  readonly kind: 'AWS' | 'Federated' | 'Service' | 'CanonicalUser';
  readonly name: Text;
}

/** One key of one operator. */
export interface Condition {
  readonly operator: Text;
  readonly key: Text;
  readonly values: readonly Text[];
}
