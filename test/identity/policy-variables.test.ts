import { Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { policies, ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { deployed, OREGON } from '../deployed';
import { newCluster, newStack } from '../stacks';

/** Gives a role a statement with a value of the deployment. */
function define(props: (value: string) => iam.PolicyStatementProps): Stack {
  const stack = newStack();
  const value = new CfnParameter(stack, 'Given').valueAsString;
  const statement = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], ...props(value) });
  new ServiceAccountRole(stack, 'Role', {
    cluster: newCluster(stack), subjects: [ServiceAccountSubject.exact('apps', 'reader')], controllerPolicies: [new policies.CustomControllerPolicy({ statements: [statement] })],
  });
  return stack;
}

const inCondition = (operator: string, item: (value: string) => string) => (value: string) => ({ conditions: { [operator]: { 'aws:PrincipalTag/x': [item(value)] } } });

test.each<[string, (value: string) => iam.PolicyStatementProps, string]>([
  ['the name', (value) => ({ resources: [`arn:aws:s3:::\${aws:PrincipalTag/${value}}/*`] }), 'Resource'],
  ['the default value', (value) => ({ resources: [`arn:aws:s3:::\${aws:PrincipalTag/team, '${value}'}/*`] }), 'Resource'],
  ['a part of the name, joined,', (value) => ({ resources: [Fn.join('/', ['arn:aws:s3:::b', '${aws:PrincipalTag', value, 'x}'])] }), 'Resource'],
  ['the name, in a choice,', (value) => ({ resources: [Fn.conditionIf('Chosen', `arn:aws:s3:::\${aws:PrincipalTag/${value}}`, 'arn:aws:s3:::b').toString()] }), 'Resource'],
  ['the whole name, in a condition,', inCondition('StringEquals', (value) => `\${${value}}`), 'Condition.StringEquals["aws:PrincipalTag/x"][0]'],
])('%s of a policy variable cannot be a value of the deployment', (_, props, place) => {
  expect(() => define(props)).toThrow(`Statement[0].${place} must be without a token in a policy variable: the name and the default value between \${ and } must be literals`);
});

test('a value that AWS limits can be a part of a policy variable', () => {
  expect(() => define((value) => ({ resources: [`arn:aws:s3:::\${aws:PrincipalTag/${Aws.REGION}}/${value}`] }))).not.toThrow();
});

test.each(['ForAnyValue:StringLike', 'ForAllValues:StringNotLike', 'StringEqualsIfExists'])('a value of the deployment is literal beside a policy variable, with %s', (operator) => {
  const stack = define(inCondition(operator, (value) => `\${aws:PrincipalTag/team}-${value}`));
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  const [{ Condition }] = deployed(stack, Properties.PolicyDocument, { ...OREGON, parameters: { Given: '*' } }).Statement;
  expect(Condition).toEqual({ [operator]: { 'aws:PrincipalTag/x': ['${aws:PrincipalTag/team}-${*}'] } });
});
