import { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IConstruct } from 'constructs';

type Json = { [key: string]: any };

const PSEUDO: Json = { 'AWS::AccountId': '123456789012', 'AWS::Partition': 'aws', 'AWS::Region': 'us-west-2', 'AWS::URLSuffix': 'amazonaws.com' };

/** What a value of a stack's template is once CloudFormation has resolved it, across stacks and into nested ones. */
export function deployed(stack: Stack, value: any): any {
  if (Array.isArray(value)) {
    return value.map((item) => deployed(stack, item));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [[name, argument]] = Object.entries<any>(value);
  switch (name) {
    case 'Fn::Join': return argument[1].map((item: unknown) => deployed(stack, item)).join(argument[0]);
    case 'Fn::Select': return deployed(stack, argument[1])[argument[0]];
    case 'Fn::Split': return deployed(stack, argument[1]).split(argument[0]);
    case 'Fn::ImportValue': return imported(stack, deployed(stack, argument));
    case 'Fn::GetStackOutput': return published(stack, argument.StackName, argument.OutputName);
    case 'Fn::GetAtt': return nestedOutput(stack, argument) ?? `<${argument.join('.')}>`;
    case 'Ref': return PSEUDO[argument] ?? parameter(stack, argument) ?? reference(stack, argument);
    default: return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deployed(stack, item)]));
  }
}

/** The trust of the one role that service accounts assume in a stack, as IAM gets it. */
export function deployedTrust(stack: Stack): any {
  const trusts = Object.values<Json>(Template.fromStack(stack).findResources('AWS::IAM::Role'))
    .map(({ Properties }) => Properties.AssumeRolePolicyDocument)
    .filter((document) => JSON.stringify(document).includes('sts:AssumeRoleWithWebIdentity'));
  expect(trusts).toHaveLength(1);
  const document = deployed(stack, trusts[0]);
  return typeof document === 'string' ? JSON.parse(document) : document;
}

/** The Kubernetes objects that a stack applies, as the API server gets them. */
export function deployedObjects(stack: Stack): Json[] {
  return Object.values<Json>(Template.fromStack(stack).findResources('Custom::KubernetesObjects'))
    .flatMap(({ Properties }) => deployed(stack, Properties.Objects).map((json: string) => JSON.parse(json)));
}

function reference(stack: Stack, logicalId: string): string {
  const type = Template.fromStack(stack).toJSON().Resources[logicalId]?.Type;
  return type === 'AWS::IAM::OIDCProvider' ? 'arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/T1' : `<${logicalId}>`;
}

function imported(stack: Stack, name: string): any {
  for (const other of stacksIn(stack.node.root)) {
    const output = Object.values<Json>(Template.fromStack(other).toJSON().Outputs ?? {}).find(({ Export }) => Export?.Name === name);
    if (output) {
      return deployed(other, output.Value);
    }
  }
  throw new Error(`no stack exports ${name}`);
}

function published(stack: Stack, stackName: string, outputName: string): any {
  const other = stacksIn(stack.node.root).find((candidate) => candidate.stackName === stackName)!;
  return deployed(other, Template.fromStack(other).toJSON().Outputs[outputName].Value);
}

function parameter(stack: Stack, name: string): any {
  const parent = stack.nestedStackParent;
  if (parent) {
    const { Properties } = Template.fromStack(parent).toJSON().Resources[parent.getLogicalId(stack.nestedStackResource as CfnResource)];
    return Properties.Parameters?.[name] && deployed(parent, Properties.Parameters[name]);
  }
}

function nestedOutput(stack: Stack, [logicalId, attribute]: string[]): any {
  const nested = stacksIn(stack).filter(({ nestedStackParent }) => nestedStackParent === stack)
    .find(({ nestedStackResource }) => stack.getLogicalId(nestedStackResource as CfnResource) === logicalId);
  const output = nested && Template.fromStack(nested).toJSON().Outputs[attribute.replace(/^Outputs\./, '')];
  return output && deployed(nested, output.Value);
}

const stacksIn = (scope: IConstruct) => scope.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct));
