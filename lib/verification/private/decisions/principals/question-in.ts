import { AccessOptions } from '../../../access-options';
import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { checkResource } from '../../questions/asked-resource';
import { Question } from '../../questions/question';
import { withUnknowns } from '../../values/wildcards';

/** What a user asks about an action, under one assignment. Values can have tokens, and what is assumed of all requests applies, too. */
export function questionIn(assignments: Assignments, assigned: AssignedModel, action: string, { resource, context }: AccessOptions): Question {
  const given = { ...assignments.assumptions.context, ...context };
  const arn = resource === undefined ? undefined : assignments.text(resource, assigned);
  if (arn) {
    checkResource(action, arn);
  }
  return {
    action,
    resource: arn && arn.literal !== '*' ? withUnknowns(arn) : arn,
    context: Object.fromEntries(Object.entries(given).map(([key, values]) => [key, values.map((value) => assignments.text(value, assigned))])),
  };
}
