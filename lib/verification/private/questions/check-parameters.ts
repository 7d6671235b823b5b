import { statedName } from './stated-names';
import { Assembly } from '../assembly/assembly';
import { Template } from '../assembly/template';

interface PseudoParameter {
  /** Where a template has its value. */
  readonly property: 'account' | 'region';
  readonly format: RegExp;
  /** What a value must be. */
  readonly allowed: string;
}

/** The pseudo parameters whose values can be assumed. */
const PSEUDO_PARAMETERS: { readonly [name: string]: PseudoParameter } = {
  'AWS::AccountId': { property: 'account', format: /^\d{12}$/, allowed: '12 digits, such as 111122223333' },
  'AWS::Region': { property: 'region', format: /^[a-z]+(-[a-z]+)+-\d+$/, allowed: 'the name of a Region, such as us-west-2' },
};

/** The parameters that can be assumed, of a template or of all. Those of nested stacks get their values from their parents. */
export const assumableParameters = ({ templates }: Assembly, template?: Template): string[] =>
  (template ? declaredIn([template]) : [...declaredIn(templates), ...Object.keys(PSEUDO_PARAMETERS)]);

/** Checks that parameters can have some values. Errors do not show these, which may be secret. */
export function checkValues(parameters: { readonly [name: string]: string }, assembly: Assembly): void {
  for (const [stated, value] of Object.entries(parameters)) {
    const { template, name } = statedName(stated, assembly);
    const templates = template ? [template] : assembly.templates;
    if (declaredIn(templates).includes(name)) {
      checkAllowed(name, value, templates);
    } else {
      checkPseudoParameter(name, value, templates);
    }
  }
}

const declaredIn = (templates: readonly Template[]) => templates.filter(({ parent }) => !parent).flatMap(({ body }) => Object.keys(body.Parameters));

function checkAllowed(name: string, value: string, templates: readonly Template[]): void {
  const declarations = templates.filter(({ parent }) => !parent).map(({ body }) => body.Parameters[name]);
  const allowed = declarations.flatMap((declaration) => (declaration?.Type === 'String' && Array.isArray(declaration.AllowedValues) ? declaration.AllowedValues.map(String) : []));
  if (allowed.length > 0 && !allowed.includes(value)) {
    throw new Error(`assume has a value of parameter ${name} that the templates do not allow: allowed are ${[...new Set(allowed)].join(', ')}`);
  }
}

function checkPseudoParameter(name: string, value: string, templates: readonly Template[]): void {
  const { property, format, allowed } = PSEUDO_PARAMETERS[name];
  if (!format.test(value)) {
    throw new Error(`assume has a value of ${name}, which must be ${allowed}`);
  }
  const known = templates.map((template) => template[property]);
  if (known.every((one) => one !== undefined && one !== value)) {
    throw new Error(`assume has a value of ${name}, but the environments of the stacks have others: ${[...new Set(known)].join(', ')}`);
  }
}
