import { available } from './nearest';
import { AccessAssumptions } from '../../../access-assumptions';
import { Assembly } from '../../templates/assembly';

/** The pseudo parameters whose values can be assumed. */
const PSEUDO_PARAMETERS = ['AWS::AccountId', 'AWS::Region'];

/** Checks that assumptions are about something in the templates, because a misspelled one would change nothing. */
export function checkAssumptions({ parameters = {}, attributes = {} }: AccessAssumptions, { templates }: Assembly): void {
  const declared = templates.filter(({ parent }) => !parent).flatMap(({ body }) => Object.keys(body.Parameters));
  check('parameter', Object.keys(parameters), [...declared, ...PSEUDO_PARAMETERS]);
  check('resource', Object.keys(attributes).map((attribute) => attribute.split('.')[0]), templates.flatMap(({ body }) => Object.keys(body.Resources)));
}

function check(what: string, names: readonly string[], known: readonly string[]): void {
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    throw new Error(`assume names the ${what} ${wrong}, which is not in the templates: ${available(wrong, known)}`);
  }
}
