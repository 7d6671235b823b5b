import { Template } from '../assembly/template';

const known = new WeakMap<Template, ReadonlyMap<string, string>>();

/**
 * The URL of an issuer that a deployment requires: this library pins an issuer with a `Fn::Select` that fails if the URL is another one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html
 */
export function requiredIssuer(template: Template, logicalId: string): string | undefined {
  const issuers = known.get(template) ?? new Map(requirementsIn(unconditional(template)));
  known.set(template, issuers);
  return issuers.get(logicalId);
}

/** What CloudFormation resolves in each deployment. */
const unconditional = ({ body }: Template): unknown[] =>
  [body.Resources, body.Outputs].flatMap((section) => Object.values(Object(section)).filter((entry) => Object(entry).Condition === undefined));

function requirementsIn(value: unknown): Array<[string, string]> {
  if (typeof value !== 'object' || value === null || 'Fn::If' in value) {
    return [];
  }
  const required = 'Fn::Select' in value ? requirementOf(value['Fn::Select']) : undefined;
  return required ? [required] : Object.values(value).flatMap(requirementsIn);
}

/** The second part of `<actual URL>`, split at `<pinned URL>`, exists only if both are equal, because no URL contains `<` or `>`. */
function requirementOf(argument: unknown): [string, string] | undefined {
  const [index, list] = Array.isArray(argument) ? argument : [];
  const [delimiter, text] = Array.isArray(Object(list)['Fn::Split']) ? list['Fn::Split'] : [];
  const [separator, parts] = Array.isArray(Object(text)['Fn::Join']) ? text['Fn::Join'] : [];
  const [before, attribute, after, ...others] = Array.isArray(parts) ? parts : [];
  const [logicalId, name] = Array.isArray(Object(attribute)['Fn::GetAtt']) ? attribute['Fn::GetAtt'] : [];
  const [, pinned] = typeof delimiter === 'string' ? /^<([^<>]+)>$/.exec(delimiter) ?? [] : [];
  const isRequirement = (index === 1 || index === '1') && separator === '' && before === '<' && after === '>' && others.length === 0 && name === 'OpenIdConnectIssuerUrl';
  return isRequirement && pinned !== undefined && typeof logicalId === 'string' ? [logicalId, pinned] : undefined;
}
