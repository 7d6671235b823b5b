import { CfnCondition, CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { newStack, parameter, prod, reading, SUBJECTS } from './given-values';
import { policies, ServiceAccountRole } from '../../lib';
import { deployedTrust, OREGON } from '../deployed';

describe('a value of the deployment is an error', () => {
  const custom = (stack: Stack, statement: iam.PolicyStatement) => new ServiceAccountRole(stack, 'Role', {
    cluster: prod(stack), subjects: SUBJECTS, controllerPolicies: [new policies.CustomControllerPolicy({ statements: [reading('*'), statement] })],
  });
  const inTrust = (written: (value: string) => iam.PolicyStatement) => (stack: Stack, value: string) => {
    new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS }).addTrustPolicyStatements(written(value));
    Template.fromStack(stack);
  };
  const assuming = (principal: iam.IPrincipal, conditions = {}) => new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [principal], conditions });
  const statement = (props: object) => (stack: Stack) => custom(stack, new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], ...props }));
  const ofController = (place: string) => `Stack/Role: controllerPolicies[0] (CustomControllerPolicy).Statement[1].${place}`;
  const ofTrust = (place: string) => `[Stack/Role] assumeRolePolicy.Statement[1].${place}`;

  test.each<[string, (stack: Stack, value: string) => unknown, string]>([
    ['as an action', (stack, value) => statement({ actions: [value] })(stack), ofController('Action')],
    ['in NotResource', (stack, value) => custom(stack, new iam.PolicyStatement({ actions: ['s3:GetObject'], notResources: [`arn:aws:s3:::${value}`] })), ofController('NotResource')],
    ['before the fifth colon of an ARN', (stack, value) => statement({ resources: [`arn:aws:iam::${value}:role/x`] })(stack), ofController('Resource, before its fifth colon,')],
    ['before the fifth colon of an ARN in a condition', (stack, value) => statement({ conditions: { ArnLike: { 'aws:SourceArn': ['a', `arn:aws:iam::${value}:role/x`] } } })(stack),
      ofController('Condition.ArnLike["aws:SourceArn"][1], before its fifth colon,')],
    ['in a condition without variables', (stack, value) => statement({ conditions: { IpAddress: { 'aws:SourceIp': value } } })(stack), ofController('Condition.IpAddress["aws:SourceIp"]')],
    ['as a principal', inTrust((value) => assuming(new iam.ArnPrincipal(value))), ofTrust('Principal.AWS')],
    ['as a part of a principal', inTrust((value) => assuming(new iam.AccountPrincipal(value))), ofTrust('Principal.AWS')],
    ['as a provider that is not that of the cluster', inTrust((value) => assuming(new iam.FederatedPrincipal(value, {}))), ofTrust('Principal.Federated')],
    ['in a condition of a trust policy without variables',
      inTrust((value) => assuming(new iam.AccountPrincipal('210987654321'), { Bool: { 'aws:MultiFactorAuthPresent': value } })),
      ofTrust('Condition.Bool["aws:MultiFactorAuthPresent"]')],
  ])('%s', (_, define, place) => {
    const stack = newStack();
    const message = `${place} must be known before the deployment: the value of a token could be * or \${…}, and IAM has no escapes for them there. `
      + 'Use a literal, a reference to a resource of this app in the same region, or a CfnParameter with allowedValues or an allowedPattern such as [a-z0-9-]+';
    expect(() => define(stack, parameter(stack))).toThrow(message);
  });

  test('as a list in a branch', () => {
    const stack = newStack();
    const choice = Fn.conditionIf(new CfnCondition(stack, 'Condition').logicalId, ['arn:aws:s3:::a', `arn:aws:iam::${parameter(stack)}:role/x`], ['arn:aws:s3:::b']);
    expect(() => statement({ resources: Token.asList(choice) })(stack)).toThrow(`${ofController('Resource[1], before its fifth colon,')} must be known`);
  });

  const LIST = 'cannot be a list that is known only at deployment: write the list in the app; its items can be tokens, such as Fn.select(0, list)';

  test('as a list', () => {
    const stack = newStack();
    const resources = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
    expect(() => statement({ resources })(stack)).toThrow(`${ofController('Resource')} ${LIST}`);
  });

  test.each([{ allowedValues: ['arn:aws:iam::210987654321:root'] }, { allowedPattern: 'arn:aws:iam::\\d{12}:root' }])('unless it has %j', (props) => {
    const stack = newStack();
    const value = parameter(stack, 'Limited', props);
    inTrust((arn) => assuming(new iam.ArnPrincipal(arn)))(stack, value);
    expect(deployedTrust(stack, { ...OREGON, parameters: { Limited: 'arn:aws:iam::210987654321:root' } }).Statement[1].Principal).toEqual({ AWS: 'arn:aws:iam::210987654321:root' });
  });
});
