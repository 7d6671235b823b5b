/** An intrinsic function that CloudFormation would reject: its value is unknown, and that is a finding. */
export class MalformedIntrinsic extends Error {}

/** The argument of a function that takes a list of values. */
export function listArgument(argument: unknown, atLeast: number, atMost = atLeast): any[] {
  if (!Array.isArray(argument) || argument.length < atLeast || argument.length > atMost) {
    throw new MalformedIntrinsic(`must have a list of ${atLeast === atMost ? atLeast : `${atLeast} to ${atMost}`} values`);
  }
  return argument;
}

/** The argument of a function that takes a text which must be in the template. */
export function literalArgument(argument: unknown): string {
  if (typeof argument !== 'string') {
    throw new MalformedIntrinsic('must have a literal string');
  }
  return argument;
}
