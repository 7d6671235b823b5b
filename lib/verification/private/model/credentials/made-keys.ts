import { KeyOrigins } from './passwords';
import { StoredValues } from './stored-values';
import { equal } from '../../values/pattern';
import { valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { isOfOwnCode } from '../deployment/actors';
import { customResources } from '../deployment/custom-resources';
import { readReturned } from '../deployment/returned-values';
import { returnedCalls } from '../deployment/sdk-calls';
import { Program } from '../program';
import { ROLES, USERS } from '../roles/holder-kinds';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** Requests that return a key of a user or credentials of a role, and the parameter that names it. */
const MAKING: { readonly [action: string]: { readonly of: typeof ROLES | typeof USERS; readonly parameter: string } } = {
  'cognito-identity:GetCredentialsForIdentity': { of: ROLES, parameter: 'CustomRoleArn' },
  'iam:CreateAccessKey': { of: USERS, parameter: 'UserName' },
  'iam:CreateServiceSpecificCredential': { of: USERS, parameter: 'UserName' },
  'ssm:CreateActivation': { of: ROLES, parameter: 'IamRole' },
  'sts:AssumeRole': { of: ROLES, parameter: 'RoleArn' },
};

/** What such a request returns besides the secret part. */
const NO_SECRET = /(AccessKeyId|ActivationId|Arn|CreateDate|Expiration|IamUserName|ServiceName|ServiceUserName|SpecificCredentialId|Status|\.UserName)$/;

const NOTHING = { holderArns: [], origins: [], stores: [], elsewhere: [], sources: [] };

/**
 * The keys that an `AwsCustomResource` makes, and returns to the templates.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html
 */
export const keysOfCalls = (resources: StackResources): KeyOrigins[] => customResources(resources).flatMap((resource) =>
  returnedCalls(resource).flatMap(({ action = '', parameters }) => {
    const { of, parameter } = Object.hasOwn(MAKING, action) ? MAKING[action] : {};
    const named = parameter && textOf(valueAt(parameters, parameter));
    const holders = of && named ? resources.ofType(of.type).filter(({ ref, arn }) => [ref, arn].some((one) => one && equal(one, named) !== 'no')) : [];
    const holderArns = holders.map((holder) => holder.attribute('Arn'));
    return holders.length === 0 ? [] : [{ ...NOTHING, name: `what ${resource.logicalId} returns`, resource, holderArns, isOrigin: isReturnedBy(resource) }];
  }));

/** `Ref` returns the part of the response that the call says, or something else. */
const isReturnedBy = (resource: StackResource): ((one: Unknown) => boolean) => {
  const ofRef = returnedCalls(resource).flatMap(({ id }) => literalOf(valueAt(id, 'responsePath')) ?? []);
  return (one) => one.resource === resource.key
    && (one.id === resource.key ? ofRef.some((path) => !NO_SECRET.test(path)) : !NO_SECRET.test(one.id));
};

/**
 * The secrets that a function rotates, which may be keys that it makes.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
 */
export const rotatedKeys = (resources: StackResources, stored: StoredValues, programs: readonly Program[]): KeyOrigins[] =>
  resources.ofType('AWS::SecretsManager::RotationSchedule').flatMap((schedule) => {
    const [secret, rotating] = [textOf(schedule.property('SecretId')), textOf(schedule.property('RotationLambdaARN'))];
    const roleArns = programs.flatMap(({ arns, roleArn }) => (roleArn && rotating && isOne(rotating, arns) ? [roleArn] : []));
    const stores = stored.all.filter(({ names, resource }) => secret && isOne(secret, [...names, resource.attribute('Id')]));
    return roleArns.slice(0, 1).map((madeBy) => ({ ...NOTHING, name: 'key', resource: schedule, stores, madeBy }));
  });

/** What the functions of custom resources return, which may be keys that they make. */
export function returnedKeys(resources: StackResources, programs: readonly Program[]): KeyOrigins[] {
  const own = !namesUsers(resources) ? [] : customResources(resources)
    .filter((resource) => isOfOwnCode(resource) && returnedCalls(resource).length === 0);
  const returned = own.length === 0 ? undefined : readReturned(resources);
  return own.flatMap((resource) => {
    const functions = returned?.get(resource.key)?.functions ?? [];
    const roleArns = programs.flatMap(({ arns, roleArn }) => (roleArn && functions.some((one) => isOne(one, arns)) ? [roleArn] : []));
    const isOrigin = (one: Unknown) => one.resource === resource.key;
    return roleArns.map((madeBy) => ({ ...NOTHING, name: `what ${resource.logicalId} returns`, resource, isOrigin, madeBy }));
  });
}

/** Whether the templates create users, or attach policies to some. Most apps have none, and pay nothing for the search. */
const namesUsers = (resources: StackResources): boolean => resources.ofType(USERS.type, 'AWS::IAM::UserPolicy').length > 0
  || resources.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').some((policy) => policy.property('Users') !== undefined);

const isOne = (text: Text, all: readonly Text[]): boolean => all.some(({ key }) => key === text.key);
