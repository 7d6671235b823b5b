import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { servicePrincipal } from '../../policies/service-principal';
import { fromJson } from '../../values/from-json';
import { Interned } from '../../values/interned';
import { Pattern } from '../../values/pattern';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { isText, textAfter } from '../../values/text-parts';
import { StackResource } from '../stack-resource';

/** The condition that each property of a permission adds, and its operator. */
const CONDITIONS = [
  { property: 'SourceArn', operator: 'ArnLike', key: 'aws:SourceArn' },
  { property: 'SourceAccount', operator: 'StringEquals', key: 'aws:SourceAccount' },
  { property: 'PrincipalOrgID', operator: 'StringEquals', key: 'aws:PrincipalOrgID' },
  { property: 'EventSourceToken', operator: 'StringEquals', key: 'lambda:EventSourceToken' },
  { property: 'FunctionUrlAuthType', operator: 'StringEquals', key: 'lambda:FunctionUrlAuthType' },
  { property: 'InvokedViaFunctionUrl', operator: 'Bool', key: 'lambda:InvokedViaFunctionUrl' },
] as const;

/**
 * The statement that a permission adds to the policy of a function.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
export function permissionPolicy(permission: StackResource, functionArn: Text, findings: Findings): Policy {
  const [name, place] = [`permission ${permission.logicalId}`, permission.place()];
  const [action, principal] = [permission.property('Action'), permission.property('Principal')];
  if (!(action instanceof Text) || !(principal instanceof Text)) {
    const unknown = 'it has no Action or no Principal';
    findings.add('unreadable-policy', `the ${name} cannot be read: ${unknown}`, place);
    return { name, place, unknown };
  }
  const condition = mapOf(CONDITIONS.flatMap(({ property, operator, key }): Array<[string, Resolved]> => {
    const value = permission.property(property);
    return value === undefined ? [] : [[operator, mapOf([[key, value]])]];
  }));
  const statement = mapOf([
    ['Sid', Text.of(permission.logicalId)], ['Effect', Text.of('Allow')], ['Principal', principalOf(principal)], ['Action', action],
    ['Resource', functionArn], ['Condition', condition],
  ]);
  return { name, place, document: mapOf([['Version', fromJson('2012-10-17')], ['Statement', statement]]) };
}

/**
 * The ARN of the function, version or alias that a permission is for. `FunctionName` is a name, the end of an ARN, or an ARN, each with a version or an alias or
 * without.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function functionOf(permission: StackResource): Resolved {
  const name = permission.property('FunctionName');
  if (!(name instanceof Text) || name.startsWith('arn')) {
    return name;
  }
  const { known } = splitText(name, ':');
  const start = known.findIndex((piece) => piece.literal === 'function');
  const [ownRegion, ownAccount] = (['Region', 'AccountId'] as const).map((parameter) => permission.pseudoParameter(parameter));
  const [account = ownAccount, region = ownRegion] = known.slice(0, Math.max(start, 0)).reverse();
  const rest = start < 0 ? name : textAfter(name, 'function:')!;
  return Text.join([Text.of('arn'), permission.pseudoParameter('Partition'), Text.of('lambda'), region, account, Text.of('function'), rest], ':');
}

/** Whether an ARN is that of a version or an alias of a function. */
export const isVersionOf = (functionArn: Text, arn: Text): boolean =>
  versions.of([functionArn], () => Pattern.join([Pattern.exact(functionArn), Pattern.glob(Text.of(':*'))])).matches(arn) === 'yes';

const versions = new Interned<Pattern>();

/** A service, an account, the ARN of a role or user, or everyone. */
const principalOf = (principal: Text): Resolved =>
  isText(principal, '*') === 'yes' ? principal : mapOf([[servicePrincipal(principal) ? 'Service' : 'AWS', principal]]);

/** The entries of operators that occur more than once are merged. */
function mapOf(entries: ReadonlyArray<readonly [string, Resolved]>): ResolvedMap {
  const merged = new Map<string, Resolved>();
  for (const [key, value] of entries) {
    const before = merged.get(key);
    merged.set(key, before instanceof ResolvedMap && value instanceof ResolvedMap ? new ResolvedMap([...before.entries, ...value.entries]) : value);
  }
  return new ResolvedMap([...merged].map(([key, value]) => [Text.of(key), value]));
}
