import { CfnCondition, CfnDynamicReference, CfnDynamicReferenceService, CfnMapping, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { given, newStack, parameter, prod, reading, SUBJECTS } from './given-values';
import { policies, ServiceAccountRole } from '../../lib';
import { deployed } from '../deployed';

test('a value of the deployment cannot add a dynamic reference, which CloudFormation would replace after it has escaped the value', () => {
  const stack = newStack();
  new ServiceAccountRole(stack, 'Role', {
    cluster: prod(stack, parameter(stack)), subjects: SUBJECTS, controllerPolicies: [new policies.ClusterAutoscalerPolicy()],
  });
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  const written = (value: string) => JSON.stringify(deployed(stack, Properties.PolicyDocument, given(value)));
  expect(written('{{resolve:ssm:/star}}')).not.toContain('{{');
  expect(written('{{resolve:ssm:/star}}')).toContain(':nodegroup/\\n\\nresolve:ssm:/star}}/*/*');
});

describe('a dynamic reference, whose value CloudFormation does not escape,', () => {
  const dynamic = new CfnDynamicReference(CfnDynamicReferenceService.SSM, '/name').toString();

  test.each<[string, (stack: Stack) => iam.PolicyStatement]>([
    ['as a resource', () => reading(dynamic)],
    ['in a resource', () => reading(`arn:aws:s3:::${dynamic}/*`)],
    ['in a literal resource', () => reading('arn:aws:s3:::{{resolve:ssm:/name}}/*')],
    ['in NotResource', () => new iam.PolicyStatement({ actions: ['s3:GetObject'], notResources: [dynamic] })],
    ['as an action', () => new iam.PolicyStatement({ actions: [dynamic], resources: ['*'] })],
    ['in a condition', () => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], conditions: { StringEquals: { 'aws:PrincipalTag/x': [dynamic] } } })],
    ['in a condition without variables', () => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], conditions: { IpAddress: { 'aws:SourceIp': dynamic } } })],
    ['in a branch', (stack) => reading(Fn.conditionIf(new CfnCondition(stack, 'Condition').logicalId, `arn:aws:s3:::${dynamic}`, parameter(stack)).toString())],
    ['in Fn::Sub', () => reading(Fn.sub('arn:aws:s3:::{{resolve:ssm:/name}}/${AWS::Region}'))],
    ['in a variable of Fn::Sub', () => reading(Fn.sub('arn:aws:s3:::${Name}/${AWS::Region}', { Name: dynamic }))],
    ['in Fn::Select', (stack) => reading(`arn:aws:s3:::${Fn.select(0, ['{{resolve:ssm:/name}}', parameter(stack)])}`)],
  ])('is an error %s', (_, written) => {
    const stack = newStack();
    const define = () => {
      new ServiceAccountRole(stack, 'Role', {
        cluster: prod(stack), subjects: SUBJECTS, controllerPolicies: [new policies.CustomControllerPolicy({ statements: [reading('*'), written(stack)] })],
      });
      Template.fromStack(stack);
    };
    expect(define).toThrow(/cannot contain a secret or another dynamic reference|must be known before the deployment/);
  });
});

test('a value in a map can be a dynamic reference, so it is escaped or refused', () => {
  const stack = newStack();
  const mapped = new CfnMapping(stack, 'Map', { mapping: { a: { b: '{{resolve:ssm:/x}}' } } }).findInMap('a', 'b');
  new ServiceAccountRole(stack, 'Role', {
    cluster: prod(stack), subjects: SUBJECTS, controllerPolicies: [new policies.CustomControllerPolicy({ statements: [reading(`arn:aws:s3:::${mapped}/*`)] })],
  });
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  expect(JSON.stringify(Properties.PolicyDocument)).toContain('"Fn::Split":["*"');
});
