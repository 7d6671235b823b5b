import { Stack } from 'aws-cdk-lib';
import { Place } from './place';
import { IControllerPolicy } from '../../lib/policies';
import { Context, Json } from '../verification/second-opinion/conditions';

/** A call to AWS, as far as it matters for a decision. */
export interface Call {
  /** What the call does, for the messages of failing tests. */
  readonly what: string;
  readonly action: string;
  /** The ARN of the resource. @default '*' */
  readonly resource?: string;
  /** The condition keys of the request, such as the tags of the resource. What is missing is missing in the request. @default - none */
  readonly context?: Context;
}

/** What a controller calls, and what nobody who controls its pod can call. Take both from its documentation or its source. */
export interface ControllerTable {
  /** The policy. Its inputs are imported into the stack, with literal names. */
  readonly policy: (stack: Stack, place: Place) => IControllerPolicy;
  /** The calls that the controller makes. */
  readonly allowed: (place: Place) => Call[];
  /** Calls that a compromised pod would try. For each condition and resource of the policy, at least one that only this condition or resource denies. */
  readonly denied: (place: Place) => Call[];
  /**
   * Actions that the controller needs on all resources, although AWS supports permissions for single ones.
   *
   * @default - none
   */
  readonly onAll?: { readonly [action: string]: string };
}

/** A statement of a policy as IAM reads it. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: { readonly [operator: string]: Json };
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: Statement[];
}
