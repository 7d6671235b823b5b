import type { Wanted } from './record';

/** A set in a template. */
export interface Resource {
  readonly wanted: Wanted;
  /** DeletionPolicy: Retain. */
  readonly retained: boolean;
}

export type Template = { readonly [logicalId: string]: Resource };

/** What CloudFormation knows of a resource that is there. */
export interface Physical extends Resource {
  readonly id: string;
  /** Whether its last Update has failed. */
  readonly failed?: Wanted;
}

/** A stack as CloudFormation keeps it. */
export class Stack {
  /** Another for each stack that has had the name. */
  public id?: string;
  public readonly resources = new Map<string, Physical>();
  /** Ids that others have superseded, and that no Delete has come for: the roll-back was disabled. */
  public superseded: { readonly logicalId: string; readonly id: string; readonly wanted: Wanted }[] = [];
  /** Whether a deployment has failed without a roll-back. */
  public failed = false;

  constructor(public readonly name: string) {}

  public get template(): Template {
    return Object.fromEntries([...this.resources].map(([logicalId, { wanted, retained }]) => [logicalId, { wanted, retained }]));
  }
}
