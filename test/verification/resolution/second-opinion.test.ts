import { App, aws_iam as iam, aws_s3 as s3, CfnJson, CfnParameter, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Template as Synthesized } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as fc from 'fast-check';
import { shown } from './shown';
import { IrsaTestStack } from '../../../bin/irsa-test-stack';
import { PodIdentityTestStack } from '../../../bin/pod-identity-test-stack';
import { context } from '../../../cdk.json';
import { ServiceAccountWithRole } from '../../../lib';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { Template } from '../../../lib/verification/private/assembly/template';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';
import { Resolved, ResolvedMap } from '../../../lib/verification/private/values/resolved';
import { Text } from '../../../lib/verification/private/values/text';
import { deployed, OREGON } from '../../deployed';
import { newCluster } from '../../stacks';

const env = { account: '123456789012', region: OREGON.region };

/** The values that the other resolver gives to what is generated. */
const GENERATED: { [label: string]: string } = { IssuerHost: `oidc.eks.${OREGON.region}.amazonaws.com`, IssuerId: 'T1' };

/** As the other resolver writes it. */
function written(value: Resolved): any {
  if (value instanceof Text) {
    return value.parts.map((part) => (typeof part === 'string' ? part : GENERATED[part.label.split('.')[1]] ?? `<${part.label}>`)).join('');
  }
  if (value instanceof ResolvedMap) {
    return Object.fromEntries(value.entries.map(([key, item]) => [written(Text.join([key])), written(item)]));
  }
  return value?.map(written);
}

/** What the other resolver returns, with names and ARNs as this one forms them, and without types of scalars. */
function completed(value: any, resolver: Resolver, template: Template): any {
  if (Array.isArray(value)) {
    return value.map((item) => completed(item, resolver, template));
  }
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, completed(item, resolver, template)]));
  }
  const valueOf = (_: string, logicalId: string, attribute?: string) => {
    const owner = [template, ...resolver.assembly.templates].find(({ body }) => body.Resources[logicalId])!;
    return written(resolver.resolve(owner, attribute === undefined ? { Ref: logicalId } : { 'Fn::GetAtt': [logicalId, attribute] }));
  };
  const whole = /^<(\w+)(?:\.([\w.]+))?>$/.exec(value);
  return whole ? valueOf(whole[0], whole[1], whole[2]) : String(value).replace(/<(\w+)(?:\.([\w.]+))?>/g, valueOf);
}

function severalStacks(references: string): App {
  const app = new App({ context: { ...context, '@aws-cdk/core:defaultCrossStackReferences': references } });
  const [platform, data, apps] = ['Platform', 'Data', 'Apps'].map((name) => new Stack(app, name, { env }));
  const cluster = newCluster(platform);
  const bucket = new s3.Bucket(data, 'Bucket', { encryption: s3.BucketEncryption.KMS });
  const reader = new ServiceAccountWithRole(apps, 'Reader', { cluster, serviceAccountName: 'reader', namespace: new CfnParameter(apps, 'Namespace', { default: 'n' }).valueAsString });
  bucket.grantRead(reader);
  return app;
}

const APPS: Array<[string, () => App]> = [
  ['the stacks of the walk-through', () => {
    const app = new App({ context });
    const { cluster } = new IrsaTestStack(app, 'IrsaTestStack', { env });
    new PodIdentityTestStack(app, 'PodIdentityTestStack', { env, cluster });
    return app;
  }],
  ['several stacks', () => severalStacks('strong')],
  ['several stacks with weak references, if aws-cdk-lib has them', () => severalStacks('weak')],
  ['nested stacks', () => {
    const app = new App({ context });
    const outer = new Stack(app, 'Outer', { env });
    const cluster = newCluster(outer);
    const nested = new NestedStack(outer, 'Nested');
    const reader = new ServiceAccountWithRole(nested, 'Reader', { cluster, serviceAccountName: 'reader' });
    new s3.Bucket(outer, 'Bucket').grantRead(reader);
    return app;
  }],
];

test.each(APPS)('the properties of all resources are those of an independent resolver: %s', (_, define) => {
  const app = define();
  const assembly = Assembly.fromDirectory(app.synth().directory);
  const resolver = new Resolver(assembly, undefined, { parameters: { Namespace: 'some-namespace' } });
  const stacks = app.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct));
  let count = 0;
  for (const stack of stacks) {
    const template = assembly.templates.find(({ file }) => file === stack.templateFile)!;
    for (const [logicalId, { Properties }] of Object.entries<any>(Synthesized.fromStack(stack).toJSON().Resources)) {
      const theirs = completed(deployed(stack, Properties ?? {}, { ...OREGON, parameters: { Namespace: 'some-namespace' } }), resolver, template);
      const ours = written(resolver.resolve(template, template.body.Resources[logicalId].Properties ?? {}));
      expect({ logicalId, ...ours }).toEqual({ logicalId, ...theirs });
      count++;
    }
  }
  expect(count).toBeGreaterThan(4);
  expect(resolver.findings).toEqual([]);
});

test('the conditions that CfnJson of the aws-cdk makes are those of the issuer', () => {
  const app = new App({ context });
  const stack = new Stack(app, 'Stack', { env });
  const cluster = new eks.Cluster(stack, 'Cluster', { version: eks.KubernetesVersion.of('1.36') });
  const provider = new iam.OpenIdConnectProvider(stack, 'Provider', { url: cluster.clusterOpenIdConnectIssuerUrl });
  const StringEquals = new CfnJson(stack, 'Conditions', { value: { [`${provider.openIdConnectProviderIssuer}:sub`]: 'system:serviceaccount:default:reader' } });
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.WebIdentityPrincipal(provider.openIdConnectProviderArn, { StringEquals }) });
  const resolver = new Resolver(Assembly.fromDirectory(app.synth().directory));
  const [template] = resolver.assembly.templates;
  const { Properties } = template.body.Resources[stack.getLogicalId(role.node.defaultChild as CfnResource)];
  const issuer = `${GENERATED.IssuerHost}/id/${GENERATED.IssuerId}`;
  expect(written(resolver.resolve(template, Properties)).AssumeRolePolicyDocument.Statement).toEqual([{
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${issuer}:sub`]: 'system:serviceaccount:default:reader' } },
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
  }]);
  expect(resolver.findings).toEqual([]);
});

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', ':', '$', '{', '}', '!', '\\', '"', 'ü'), maxLength: 6 });

/** Functions in functions, over texts and parameters. */
const { expression } = fc.letrec<{ expression: unknown }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.constantFrom({ Ref: 'P' }, { Ref: 'Q' }),
    fc.tuple(text, fc.array(tie('expression'), { maxLength: 3 })).map((argument) => ({ 'Fn::Join': argument })),
    fc.tuple(text, fc.constantFrom('/', 'a', 'ab'), tie('expression')).map(([separator, at, value]) => ({ 'Fn::Join': [separator, { 'Fn::Split': [at, value] }] })),
    fc.tuple(fc.constantFrom('/', 'a', 'ab'), tie('expression')).map(([at, value]) => ({ 'Fn::Select': [0, { 'Fn::Split': [at, value] }] })),
    fc.tuple(text, tie('expression')).map(([body, value]) => ({ 'Fn::Sub': [`${body.replaceAll('{', '')}\${V}-\${P}-\${!W}`, { V: value }] })),
    tie('expression').map((value) => ({ 'Fn::Base64': value })),
    fc.tuple(fc.constantFrom('Met', 'Unmet'), tie('expression'), tie('expression')).map((argument) => ({ 'Fn::If': argument })),
  ),
}));

const stack = new Stack(new App(), 'Stack');
new CfnResource(stack, 'Resource', { type: 'T' });
const template = {
  Parameters: { P: { Type: 'String' }, Q: { Type: 'String' } },
  Conditions: { Met: { 'Fn::Equals': ['Stack', 'Stack'] }, Unmet: { 'Fn::Not': [{ Condition: 'Met' }] } },
  Resources: {},
};

test('expressions in which all is known have the values that an independent resolver finds', () => {
  fc.assert(fc.property(expression, text, text, (value, P, Q) => {
    const resolver = new Resolver(Assembly.fromTemplates({ Stack: template }), undefined, { parameters: { P, Q } });
    expect(shown(resolver.resolve(resolver.assembly.templates[0], value))).toBe(deployed(stack, value, { ...OREGON, parameters: { P, Q }, unmet: ['Unmet'] }));
    expect(resolver.findings).toEqual([]);
  }), { numRuns: 300 });
});

test('values of unknown parameters never contradict what an expression is', () => {
  fc.assert(fc.property(expression, text, text, (value, P, Q) => {
    const resolver = new Resolver(Assembly.fromTemplates({ Stack: template }));
    const resolved = resolver.resolve(resolver.assembly.templates[0], value) as Text;
    const final = deployed(stack, value, { ...OREGON, parameters: { P, Q }, unmet: ['Unmet'] });
    const pattern = resolved.parts.map((part) => {
      if (typeof part === 'string') {
        return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      }
      const known = { 'Stack/P': P, 'Stack/Q': Q }[part.id];
      return known === undefined ? '[^]*' : known.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    }).join('');
    expect(final).toMatch(new RegExp(`^${pattern}$`));
  }), { numRuns: 300 });
});
