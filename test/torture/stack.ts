import type { Wanted } from './record';

/** A set in a template. */
export interface Resource {
  readonly wanted: Wanted;
  /** DeletionPolicy: Retain. */
  readonly retained: boolean;
}

export type Template = { readonly [logicalId: string]: Resource };

/** What CloudFormation knows about an existing resource. */
export interface Physical extends Resource {
  readonly id: string;
  /** The properties of its last Update, if that failed. */
  readonly failed?: Wanted;
}

/** A stack in CloudFormation. */
export class Stack {
  /** Differs for each stack with this name. */
  public id?: string;
  public readonly resources = new Map<string, Physical>();
  /** Superseded IDs for which no Delete was sent, because the rollback was disabled. */
  public superseded: { readonly logicalId: string; readonly id: string; readonly wanted: Wanted }[] = [];
  /** Whether a deployment failed without a rollback. */
  public failed = false;

  constructor(public readonly name: string) {}

  public get template(): Template {
    return Object.fromEntries([...this.resources].map(([logicalId, { wanted, retained }]) => [logicalId, { wanted, retained }]));
  }
}
