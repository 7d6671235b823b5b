import { functionOf, permissionPolicy } from './lambda-permissions';
import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { typesWith } from '../../resource-types/declarations';
import { listOf, Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { readPolicy } from '../policy-document';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** A policy, and what names the resource that has it: a name, an ARN, or what `Ref` returns. */
export interface NamedPolicy {
  readonly type: string;
  readonly target: Text;
  readonly resource: StackResource;
  policyOf(arn: Text): Policy;
}

/** The types of resources that are policies of other resources. */
const SEPARATE = typesWith('separatePolicy');

/** The policies that are separate resources. A permission of Lambda has no document, but is a statement. */
export function separatePolicies(resources: StackResources, findings: Findings): NamedPolicy[] {
  return SEPARATE.flatMap(([type, { of, targets, document }]) => resources.ofType(type).flatMap((resource) => {
    if (document === undefined) {
      return policiesOf(of, functionOf(resource), resource, (arn) => resource.once(`permission of ${arn.key}`, () => permissionPolicy(resource, arn, findings)));
    }
    const policy = resource.once('policy', () =>
      readPolicy(`policy ${resource.logicalId}`, resource.property(document), resource.place(`Properties.${document}`), findings));
    return policiesOf(of, resource.property(targets), resource, () => policy);
  }));
}

const policiesOf = (type: string, targets: Resolved, resource: StackResource, policyOf: NamedPolicy['policyOf']): NamedPolicy[] =>
  listOf(targets).flatMap((target) => (target instanceof Text ? [{ type, target, resource, policyOf }] : []));
