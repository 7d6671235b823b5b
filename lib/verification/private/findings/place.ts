/** Where in which template something is. */
export interface Place {
  /** The file of the template in the assembly, or the name of the stack. */
  readonly template: string;
  readonly logicalId: string;
  /** Below the resource, such as `Properties.Policies[0].PolicyDocument`. */
  readonly path?: string;
  /** The path of the construct, if the template has it. */
  readonly constructPath?: string;
}
