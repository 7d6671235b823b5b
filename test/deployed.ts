import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IConstruct } from 'constructs';
import { parse } from '../lib/kubernetes/function/input/objects';

type Json = { [key: string]: any };

/** Where, and with which values, a stack is deployed. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly urlSuffix: string;
  /** By logical ID of the parameter. */
  readonly parameters?: { readonly [name: string]: unknown };
  /** The stack's conditions that are false. */
  readonly unmet?: string[];
}

export const OREGON: Place = { partition: 'aws', region: 'us-west-2', urlSuffix: 'amazonaws.com' };

/** A value of a template as CloudFormation resolves it, across stacks and into nested stacks. */
export function deployed(stack: Stack, value: any, place = OREGON): any {
  const resolved = (item: any) => deployed(stack, item, place);
  if (Array.isArray(value)) {
    return value.map(resolved).filter((item) => item !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [name, argument] = Object.entries<any>(value)[0] ?? [];
  switch (name) {
    case 'Fn::Join': return resolved(argument[1]).join(argument[0]);
    case 'Fn::Select': return selected(argument[0], resolved(argument[1]));
    case 'Fn::Split': return resolved(argument[1]).split(argument[0]);
    case 'Fn::Sub': return substituted(argument, resolved);
    case 'Fn::Base64': return Buffer.from(resolved(argument)).toString('base64');
    case 'Fn::If': return resolved(argument[place.unmet?.includes(argument[0]) ? 2 : 1]);
    case 'Fn::ImportValue': return imported(stack, resolved(argument), place);
    case 'Fn::GetStackOutput': return published(stack, argument.StackName, argument.OutputName, place);
    case 'Fn::GetAtt': return argument[1] === 'OpenIdConnectIssuerUrl' ? `https://${issuerIn(place)}` : nestedOutput(stack, argument, place) ?? `<${argument.join('.')}>`;
    case 'Ref': return argument === 'AWS::NoValue' ? NO_VALUE : place.parameters?.[argument] ?? pseudoParameter(argument, place) ?? parameter(stack, argument, place) ?? reference(stack, argument, place);
    default: return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]).filter(([, item]) => item !== NO_VALUE));
  }
}

/** The error of CloudFormation. */
function selected(index: number, list: any[]): any {
  if (Array.isArray(list) && list[index] === undefined) {
    throw new Error(`Template error: Fn::Select cannot select nonexistent value at index ${index}`);
  }
  return list[index];
}

/** Stands for `AWS::NoValue`, which removes its property. */
const NO_VALUE = Symbol('AWS::NoValue');

/** In one pass, because CloudFormation does not resolve the values of variables again. */
function substituted(argument: string | [string, Json], resolved: (value: any) => any): string {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  return text.replace(/\$\{(!?)([^}]*)\}/g, (_: string, literal: string, name: string) =>
    (literal ? `\${${name}}` : resolved(name in variables ? variables[name] : { Ref: name })));
}

/** The trust policy of the only role in a stack that service accounts assume, as IAM receives it. */
export function deployedTrust(stack: Stack, place?: Place): any {
  const trusts = Object.values<Json>(Template.fromStack(stack).findResources('AWS::IAM::Role'))
    .map(({ Properties }) => Properties.AssumeRolePolicyDocument)
    .filter((document) => /sts:AssumeRoleWithWebIdentity|pods\.eks\.amazonaws\.com/.test(JSON.stringify(document)));
  expect(trusts).toHaveLength(1);
  const document = deployed(stack, trusts[0], place);
  return typeof document === 'string' ? JSON.parse(document) : document;
}

/** The Kubernetes objects that a stack applies, as the API server receives them. */
export function deployedObjects(stack: Stack, place?: Place): Json[] {
  return Object.values<Json>(Template.fromStack(stack).findResources('Custom::KubernetesObjects'))
    .flatMap(({ Properties }) => parse(asCustomResource(deployed(stack, Properties, place))));
}

/** CloudFormation passes every scalar of a custom resource as a string. */
function asCustomResource(value: any): any {
  if (Array.isArray(value)) {
    return value.map(asCustomResource);
  }
  return typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asCustomResource(item)])) : String(value);
}

function pseudoParameter(name: string, { partition, region, urlSuffix }: Place): string | undefined {
  return { 'AWS::AccountId': '123456789012', 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::URLSuffix': urlSuffix }[name];
}

function reference(stack: Stack, logicalId: string, place: Place): string {
  const type = templateOf(stack).Resources[logicalId]?.Type;
  return type === 'AWS::IAM::OIDCProvider' ? `arn:${place.partition}:iam::123456789012:oidc-provider/${issuerIn(place)}` : `<${logicalId}>`;
}

/** The issuer of every cluster. */
const issuerIn = ({ region, urlSuffix }: Place) => `oidc.eks.${region}.${urlSuffix}/id/T1`;

function imported(stack: Stack, name: string, place: Place): any {
  for (const other of stacksIn(stack.node.root)) {
    const output = Object.values<Json>(templateOf(other).Outputs ?? {}).find(({ Export }) => Export?.Name === name);
    if (output) {
      return deployed(other, output.Value, place);
    }
  }
  throw new Error(`no stack exports ${name}`);
}

function published(stack: Stack, stackName: string, outputName: string, place: Place): any {
  const other = stacksIn(stack.node.root).find((candidate) => candidate.stackName === stackName)!;
  return deployed(other, templateOf(other).Outputs[outputName].Value, place);
}

function parameter(stack: Stack, name: string, place: Place): any {
  const parent = stack.nestedStackParent;
  if (parent) {
    const { Properties } = templateOf(parent).Resources[parent.getLogicalId(stack.nestedStackResource as CfnResource)];
    return Properties.Parameters?.[name] && deployed(parent, Properties.Parameters[name], place);
  }
}

function nestedOutput(stack: Stack, [logicalId, attribute]: string[], place: Place): any {
  const nested = stacksIn(stack).filter(({ nestedStackParent }) => nestedStackParent === stack)
    .find(({ nestedStackResource }) => stack.getLogicalId(nestedStackResource as CfnResource) === logicalId);
  const output = nested && templateOf(nested).Outputs[attribute.replace(/^Outputs\./, '')];
  return output && deployed(nested, output.Value, place);
}

/** Cached by assembly, because reading a template from its file takes long. A changed app has another assembly. */
const TEMPLATES = new WeakMap<object, Map<Stack, Json>>();

function templateOf(stack: Stack): Json {
  const assembly = Stage.of(stack)!.synth();
  const templates = TEMPLATES.get(assembly) ?? new Map<Stack, Json>();
  TEMPLATES.set(assembly, templates);
  const template = templates.get(stack) ?? Template.fromStack(stack).toJSON();
  templates.set(stack, template);
  return template;
}

const stacksIn = (scope: IConstruct) => scope.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct));
