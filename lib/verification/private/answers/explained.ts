import { Explained } from './explanation';
import { statedAssumptions } from './stated-assumptions';
import { AccessOptions } from '../../access-options';
import { Assignments } from '../assignments/assignments';
import { takesNoResource } from '../aws-data/actions';
import { AskedPrincipal } from '../decisions/principals/asked-principal';
import { AskedOptions } from '../decisions/principals/question-in';
import { checkContext } from '../questions/asked-context';
import { exampleResource } from '../questions/asked-resource';
import { checkString } from '../questions/check-options';

/** The question about an action, checked. The options are those of a struct that was checked. */
export function checkQuestion(action: string, { context = {} }: AccessOptions): void {
  checkString('action', action);
  checkContext(context);
}

/** The options of a question, with the resource that it is about. */
export const askedOptions = ({ resource, ...others }: AccessOptions, assignments: Assignments): AskedOptions =>
  ({ ...others, resource: resource === undefined ? undefined : assignments.askedResource(resource) });

/** Checks that a question is about certain resources, because policies can allow an action on some and not on others. */
export function checkHasResource(assertion: string, action: string, { resource }: AccessOptions): void {
  if (resource === undefined && !takesNoResource(action)) {
    throw new Error(`${assertion} needs a resource for ${action}, such as ${exampleResource(action)}: policies can allow it on some resources and not on others`);
  }
}

/** The answer to a question about a principal. */
export function explained(asked: AskedPrincipal, action: string, options: AskedOptions, isByDefault: boolean): Explained {
  const isWithout = options.resource === undefined && takesNoResource(action);
  const verdict = asked.decide(action, isWithout ? { ...options, resource: '*' } : options);
  const resource = isWithout ? '' : options.resource && asked.shown(options.resource);
  const { assumptions, isOfApp } = asked.assignments;
  return { principal: asked.name, action, resource, verdict, isByDefault, assumptions: statedAssumptions(assumptions), isOfApp };
}
