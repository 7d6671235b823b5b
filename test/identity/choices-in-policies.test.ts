import { App, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, PodCredentials, policies, ServiceAccountRole, ServiceAccountRoleOptions, ServiceAccountSubject } from '../../lib';
import { deployed, OREGON } from '../deployed';

type Json = { readonly [key: string]: any };
/** A value of which CloudFormation chooses one of two. */
type Choice = (one: string, other: string) => string;
/** What a statement of a policy has besides its effect. */
type Written = (choice: Choice, value: string) => iam.PolicyStatementProps;

const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';

/** The last statement of a policy for each of the two, if the value of the deployment is `*`. */
function chosen(property: string, define: (stack: Stack, statement: iam.PolicyStatement) => unknown, written: Written): Json[] {
  const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'us-west-2' } });
  const value = new CfnParameter(stack, 'Given').valueAsString;
  new CfnCondition(stack, 'Chosen', { expression: Fn.conditionEquals(value, 'a') });
  define(stack, new iam.PolicyStatement(written((one, other) => Fn.conditionIf('Chosen', one, other).toString(), value)));
  const resources = Object.values<Json>(Template.fromStack(stack).toJSON().Resources);
  const document = resources.map(({ Properties }) => Properties[property]).find(Boolean);
  return [[], ['Chosen']].map((unmet) => {
    const read = deployed(stack, document, { ...OREGON, parameters: { Given: '*' }, unmet });
    return (typeof read === 'string' ? JSON.parse(read) : read).Statement.at(-1);
  });
}

function role(stack: Stack, options: Partial<ServiceAccountRoleOptions> = {}): ServiceAccountRole {
  const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', { clusterName: 'prod', issuerUrl: ISSUER });
  return new ServiceAccountRole(stack, 'Role', { cluster, subjects: [ServiceAccountSubject.exact('apps', 'reader')], ...options });
}

const POLICIES: [string, (written: Written) => Json[]][] = [
  ['session policies', (written) => chosen('Policy', (stack, statement) => {
    const sessionPolicy = new iam.PolicyDocument({ statements: [statement] });
    role(stack, { podCredentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }) });
  }, written)],
  ['controller policies', (written) => chosen('PolicyDocument', (stack, statement) => {
    role(stack, { controllerPolicies: [new policies.CustomControllerPolicy({ statements: [statement] })] });
  }, written)],
];

const inTrustPolicy = (conditions: (choice: Choice, value: string) => Json) =>
  chosen('AssumeRolePolicyDocument', (stack, statement) => role(stack).addTrustPolicyStatements(statement), (choice, value) => ({
    actions: ['sts:AssumeRole'], principals: [new iam.AccountPrincipal('210987654321')], conditions: conditions(choice, value),
  })).map(({ Condition }) => Condition.StringEquals['aws:PrincipalTag/x']);

describe.each(POLICIES)('in %s, a choice keeps the literals of its author, and escapes values,', (_, inPolicy) => {
  const inCondition = (item: (choice: Choice, value: string) => string) =>
    inPolicy((choice, value) => ({ actions: ['s3:*'], resources: ['*'], conditions: { StringEquals: { 'aws:PrincipalTag/x': item(choice, value) } } }))
      .map(({ Condition }) => Condition.StringEquals['aws:PrincipalTag/x']);

  test('as a resource', () => {
    const resources = inPolicy((choice, value) => ({ actions: ['s3:*'], resources: [choice('arn:aws:s3:::a*', `arn:aws:s3:::${value}`)] }));
    expect(resources.map(({ Resource }) => Resource)).toEqual(['arn:aws:s3:::a*', 'arn:aws:s3:::${*}']);
  });

  test('in a condition', () => {
    expect(inCondition((choice, value) => choice('a"*', value))).toEqual(['a"*', '${*}']);
  });

  test('in a condition, with literals alone', () => {
    expect(inCondition((choice) => choice('a"', 'b\\'))).toEqual(['a"', 'b\\']);
  });
});

test('in trust policies, a choice keeps the literals of its author, and escapes values', () => {
  expect(inTrustPolicy((choice, value) => ({ StringEquals: { 'aws:PrincipalTag/x': choice('a"*', value) } }))).toEqual(['a"*', '${*}']);
  expect(inTrustPolicy((choice) => ({ StringEquals: { 'aws:PrincipalTag/x': choice('a"', 'b\\') } }))).toEqual(['a"', 'b\\']);
});
