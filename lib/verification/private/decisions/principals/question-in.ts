import { AccessOptions } from '../../../access-options';
import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { checkResource, withPlainNames } from '../../questions/asked-resource';
import { NamedResource } from '../../questions/named-resource';
import { Question } from '../../questions/question';
import { withUnknowns } from '../../values/wildcards';

/** What is asked about an action. */
export interface AskedOptions extends Omit<AccessOptions, 'resource'> {
  /** An ARN, or a resource of the templates. */
  readonly resource?: string | NamedResource;
}

/** What a user asks about an action, under one assignment. Values can have tokens, and what is assumed of all requests applies, too. */
export function questionIn(assignments: Assignments, assigned: AssignedModel, action: string, { resource, context }: AskedOptions): Question {
  const given = { ...assignments.assumptions.context, ...context };
  const arn = resource === undefined ? undefined : assigned.resources.completeArn(assignments.text(resource, assigned));
  if (arn) {
    checkResource(action, assigned.resources.find(arn) ? withPlainNames(arn) : arn);
  }
  return {
    action,
    resource: arn && arn.literal !== '*' ? withUnknowns(arn) : arn,
    context: Object.fromEntries(Object.entries(given).map(([key, values]) => [key, values.map((value) => assignments.text(value, assigned))])),
  };
}
