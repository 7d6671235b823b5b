import { addTo } from '../values/add-to';

type Resources = { readonly [logicalId: string]: { readonly Condition?: string; readonly DependsOn?: any; readonly Properties?: any } };

/**
 * The resources that CloudFormation certainly creates after a resource of their template, by their logical IDs. What a resource that may not exist depends on does
 * not matter to others.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
export function dependentsOf(resources: Resources, logicalId: string): ReadonlySet<string> {
  const dependents = new Map<unknown, string[]>();
  for (const [id, { DependsOn, Properties }] of Object.entries(resources)) {
    new Set([DependsOn ?? [], referencesIn(Properties)].flat()).forEach((need) => addTo(dependents, need, id));
  }
  const all = new Set<string>();
  const open = [logicalId];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const found = (dependents.get(next) ?? []).filter((id) => !all.has(id));
    found.forEach((id) => all.add(id));
    open.push(...found.filter((id) => resources[id].Condition === undefined));
  }
  return all;
}

const VARIABLE = /\$\{([A-Za-z0-9]+)[.}]/g;

/** Whatever only one value of a condition refers to is not certain. */
function referencesIn(value: any): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries<any>(value).flatMap(([key, inner]) => {
    switch (key) {
      case 'Ref': return typeof inner === 'string' ? [inner] : [];
      case 'Fn::GetAtt': return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0]];
      case 'Fn::If': return [];
      case 'Fn::Sub': return referencesOfText([inner].flat());
      default: return referencesIn(inner);
    }
  });
}

/** Variables of its own come before resources. */
function referencesOfText([text, variables = {}]: any[]): string[] {
  const named = [...String(text).matchAll(VARIABLE)].map(([, name]) => name);
  return [...named.filter((name) => !Object.hasOwn(variables, name)), ...referencesIn(variables)];
}
