import { resourceType } from '../../resource-types/declarations';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { isReference } from '../../values/text-parts';
import { FUNCTION, Program } from '../program';
import { isVersionOf } from '../resources/lambda-permissions';
import { StackResource } from '../stack-resource';

/** The functions that a resource asks: those of the templates that may have the ARN, and one outside unless one of these certainly has it. */
export function askedFunctions(arn: Text, functions: readonly Program[], by: StackResource): readonly Program[] {
  const own = functions.filter(({ arns }) => arns.some((one) => equal(one, arn) !== 'no' || isVersionOf(one, arn)));
  const isOwn = isReference(arn) || own.some(({ arns }) => arns.some((one) => equal(one, arn) === 'yes'));
  return isOwn ? own : [...own, functionElsewhere(arn, by)];
}

/** Of a function outside the templates, only the requests that change its code are known. */
const functionElsewhere = (arn: Text, by: StackResource): Program => ({
  arns: [arn],
  startedBy: [],
  takeovers: (resourceType(FUNCTION)?.program?.takenOverBy ?? []).map((action) => ({ action, isOfProgram: true })),
  code: [],
  place: by.place(),
});
