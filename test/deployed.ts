import { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IConstruct } from 'constructs';

type Json = { [key: string]: any };

/** Where stacks are deployed to. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly urlSuffix: string;
}

const OREGON: Place = { partition: 'aws', region: 'us-west-2', urlSuffix: 'amazonaws.com' };

/** What a value of a stack's template is once CloudFormation has resolved it, across stacks and into nested ones. */
export function deployed(stack: Stack, value: any, place = OREGON): any {
  const resolved = (item: any) => deployed(stack, item, place);
  if (Array.isArray(value)) {
    return value.map(resolved);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [name, argument] = Object.entries<any>(value)[0] ?? [];
  switch (name) {
    case 'Fn::Join': return argument[1].map(resolved).join(argument[0]);
    case 'Fn::Select': return resolved(argument[1])[argument[0]];
    case 'Fn::Split': return resolved(argument[1]).split(argument[0]);
    case 'Fn::Sub': return argument.replace(/\$\{([\w:]+)\}/g, (_: string, ref: string) => resolved({ Ref: ref }));
    case 'Fn::ImportValue': return imported(stack, resolved(argument), place);
    case 'Fn::GetStackOutput': return published(stack, argument.StackName, argument.OutputName, place);
    case 'Fn::GetAtt': return nestedOutput(stack, argument, place) ?? `<${argument.join('.')}>`;
    case 'Ref': return pseudoParameter(argument, place) ?? parameter(stack, argument, place) ?? reference(stack, argument, place);
    default: return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]));
  }
}

/** The trust of the one role that service accounts assume in a stack, as IAM gets it. */
export function deployedTrust(stack: Stack, place?: Place): any {
  const trusts = Object.values<Json>(Template.fromStack(stack).findResources('AWS::IAM::Role'))
    .map(({ Properties }) => Properties.AssumeRolePolicyDocument)
    .filter((document) => JSON.stringify(document).includes('sts:AssumeRoleWithWebIdentity'));
  expect(trusts).toHaveLength(1);
  const document = deployed(stack, trusts[0], place);
  return typeof document === 'string' ? JSON.parse(document) : document;
}

/** The Kubernetes objects that a stack applies, as the API server gets them. */
export function deployedObjects(stack: Stack): Json[] {
  return Object.values<Json>(Template.fromStack(stack).findResources('Custom::KubernetesObjects'))
    .flatMap(({ Properties }) => deployed(stack, Properties.Objects).map((json: string) => JSON.parse(json)));
}

function pseudoParameter(name: string, { partition, region, urlSuffix }: Place): string | undefined {
  return { 'AWS::AccountId': '123456789012', 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::URLSuffix': urlSuffix }[name];
}

function reference(stack: Stack, logicalId: string, { partition, region, urlSuffix }: Place): string {
  const type = Template.fromStack(stack).toJSON().Resources[logicalId]?.Type;
  return type === 'AWS::IAM::OIDCProvider' ? `arn:${partition}:iam::123456789012:oidc-provider/oidc.eks.${region}.${urlSuffix}/id/T1` : `<${logicalId}>`;
}

function imported(stack: Stack, name: string, place: Place): any {
  for (const other of stacksIn(stack.node.root)) {
    const output = Object.values<Json>(Template.fromStack(other).toJSON().Outputs ?? {}).find(({ Export }) => Export?.Name === name);
    if (output) {
      return deployed(other, output.Value, place);
    }
  }
  throw new Error(`no stack exports ${name}`);
}

function published(stack: Stack, stackName: string, outputName: string, place: Place): any {
  const other = stacksIn(stack.node.root).find((candidate) => candidate.stackName === stackName)!;
  return deployed(other, Template.fromStack(other).toJSON().Outputs[outputName].Value, place);
}

function parameter(stack: Stack, name: string, place: Place): any {
  const parent = stack.nestedStackParent;
  if (parent) {
    const { Properties } = Template.fromStack(parent).toJSON().Resources[parent.getLogicalId(stack.nestedStackResource as CfnResource)];
    return Properties.Parameters?.[name] && deployed(parent, Properties.Parameters[name], place);
  }
}

function nestedOutput(stack: Stack, [logicalId, attribute]: string[], place: Place): any {
  const nested = stacksIn(stack).filter(({ nestedStackParent }) => nestedStackParent === stack)
    .find(({ nestedStackResource }) => stack.getLogicalId(nestedStackResource as CfnResource) === logicalId);
  const output = nested && Template.fromStack(nested).toJSON().Outputs[attribute.replace(/^Outputs\./, '')];
  return output && deployed(nested, output.Value, place);
}

const stacksIn = (scope: IConstruct) => scope.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct));
