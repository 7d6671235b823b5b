import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { ROLE_ARN_ANNOTATION } from '../../kubernetes/contract/marks';
import { areRolesCustomized } from '../../private/customized-roles';
import { partsOf } from '../../private/intrinsics';
import { outermostStack } from '../../private/outermost-stack';
import { Audience } from '../internal/audience';

/** The annotations that connect a service account to a role. */
export const annotationsFor = (roleArn: string, audience = Audience.DEFAULT): { [key: string]: string } =>
  ({ [ROLE_ARN_ANNOTATION]: roleArn, ...Audience.annotationFor(audience) });

/**
 * The ARN of a role as a literal. The ARN of a role in this app is a token even if its name is a literal, so it is composed.
 *
 * @throws if a part of the ARN is known only at deployment, and says what to set.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function literalArnOf(role: iam.IRole): string {
  const { defaultChild } = role.node; // also of a role that withoutPolicyUpdates protects
  if (iam.CfnRole.isCfnRole(defaultChild)) {
    const { roleName, path = '/' } = defaultChild; // with what an aspect has changed
    const { account, partition } = environmentOf(role, { roleName, path });
    return `arn:${partition}:iam::${account}:role${path}${roleName}`;
  }
  const parts = partsOf(Stack.of(role).resolve(role.roleArn));
  const isKnown = parts.every((part) => typeof part === 'string' || PSEUDO_PARAMETERS.includes(part.Ref));
  const name = { [areRolesCustomized(role) ? 'the name of the role in usePrecreatedRoles' : 'the ARN of the imported role']: undefined };
  if (!isKnown || !/:role\/./.test(`${parts.at(-1)}`)) { // the ARN of a role that iam.Role.customizeRoles only reports has no name
    checkLiterals([{ values: name }]);
  }
  if (parts.every((part) => typeof part === 'string')) {
    return parts.join('');
  }
  const { account, partition } = environmentOf(role);
  return parts.map((part) => (typeof part === 'string' ? part : part.Ref === 'AWS::AccountId' ? account : partition)).join('');
}

/** In the ARN of a role that is imported by its name. */
const PSEUDO_PARAMETERS = ['AWS::AccountId', 'AWS::Partition'];

type Values = { readonly [property: string]: string | undefined };

/** The account and the partition of the stack of a role. */
function environmentOf(role: iam.IRole, values: Values = {}): { readonly account: string; readonly partition: string } {
  const { account, region } = Stack.of(role);
  checkLiterals([{ values: { account, region }, where: ` in the env of stack ${outermostStack(role).node.path}` }, { values }]);
  const { partition } = RegionInfo.get(region);
  if (partition === undefined) {
    throw new Error(`${NEED}, but this aws-cdk-lib does not know the partition of region ${region}: update aws-cdk-lib, `
      + `or call Fact.register({ region: '${region}', name: FactName.PARTITION, value: 'aws' }) of aws-cdk-lib/region-info with its partition`);
  }
  return { account, partition };
}

const NEED = 'literalAnnotations need the ARN of the role when the app is synthesized';

function checkLiterals(groups: { readonly values: Values; readonly where?: string }[]): void {
  const toSet = groups.flatMap(({ values, where = '' }) => {
    const missing = Object.entries(values).filter(([, value]) => value === undefined || Token.isUnresolved(value)).map(([property]) => property);
    return missing.length > 0 ? [`${missing.join(' and ')}${where} to ${missing.length === 1 ? 'a literal' : 'literals'}`] : [];
  });
  if (toSet.length > 0) {
    throw new Error(`${NEED}: set ${toSet.join(', and ')}`);
  }
}
