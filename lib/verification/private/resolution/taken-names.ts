import { Assembly } from '../assembly/assembly';
import { Template } from '../assembly/template';
import { resourceType } from '../resource-types/declarations';

/** Where names of a type are unique: issuers of clusters everywhere, buckets in a partition, what is of IAM in an account, all else in an account and region. */
export function scopeOfNames({ account, environment }: Template, type: string, name: string): string {
  const scope = type.startsWith('AWS::S3::') || name === 'IssuerId' ? '' : type.startsWith('AWS::IAM::') ? account ?? environment : environment;
  return `${scope}/${type}.${name}`;
}

/** Several resources can have one name: task definitions are revisions of a family, and nodegroups are of different clusters. */
const MAY_SHARE = ['AWS::ECS::TaskDefinition', 'AWS::EKS::Nodegroup'];

const known = new WeakMap<Assembly, ReadonlyMap<string, readonly string[]>>();

/** The names in a scope that resources have in each deployment, and that no other resource can have. */
export function takenNames(assembly: Assembly, scope: string): readonly string[] {
  const names = known.get(assembly) ?? literalNames(assembly);
  known.set(assembly, names);
  return names.get(scope) ?? [];
}

function literalNames({ templates }: Assembly): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const template of templates.filter(isAlwaysDeployed)) {
    for (const { Type: type, Condition: condition, Properties: properties } of Object.values(template.body.Resources)) {
      for (const property of resourceType(type)?.format?.unique ?? []) {
        const value: unknown = Object(properties)[property];
        if (typeof value === 'string' && condition === undefined && !MAY_SHARE.includes(type) && !Object.keys(properties).some((name) => name.startsWith('Fn::'))) {
          const scope = scopeOfNames(template, type, property);
          names.set(scope, [...names.get(scope) ?? [], value]);
        }
      }
    }
  }
  return names;
}

const isAlwaysDeployed = ({ parent }: Template): boolean =>
  parent === undefined || (parent.template.body.Resources[parent.logicalId].Condition === undefined && isAlwaysDeployed(parent.template));
