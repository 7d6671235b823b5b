import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, aws_iam as iam, aws_s3 as s3, CfnOutput, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { Template } from '../../../lib/verification/private/assembly/template';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';
import { namedPipe } from '../../files';
import { shown } from '../resolution/shown';

const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Writes files into a new directory. */
function written(files: { [name: string]: unknown }): string {
  const folder = mkdtempSync(join(directory, 'a-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const stackOf = (templateFile: string, environment = 'aws://unknown-account/unknown-region') =>
  ({ artifacts: { A: { type: 'aws:cloudformation:stack', environment, properties: { templateFile } } } });

const fileOf = (assembly: Assembly, file: RegExp): Template => assembly.templates.find((template) => file.test(template.id))!;

describe('an app with stages, nested stacks and references between stacks', () => {
  const app = new App({ outdir: join(directory, 'cdk.out') });
  const outer = new Stack(app, 'Outer');
  const nested = new NestedStack(outer, 'Nested');
  const inner = new NestedStack(nested, 'Inner');
  const bucket = new s3.Bucket(outer, 'Bucket');
  const role = new iam.Role(nested, 'Role', { assumedBy: new iam.AnyPrincipal(), roleName: 'reader' });
  const innerRole = new iam.Role(inner, 'Role', { assumedBy: new iam.AnyPrincipal() });
  bucket.grantRead(innerRole);
  new CfnOutput(outer, 'RoleArn', { value: role.roleArn });
  new CfnOutput(outer, 'InnerRoleArn', { value: innerRole.roleArn });
  const parameter = new CfnParameter(inner, 'Given', { default: 'default' });
  new CfnOutput(inner, 'GivenValue', { value: parameter.valueAsString });
  const stage = new Stage(app, 'Prod', { env: { account: '123456789012', region: 'eu-west-1' } });
  const producer = new Stack(stage, 'Producer');
  const consumer = new Stack(stage, 'Consumer', { stackName: 'consuming' });
  new CfnOutput(consumer, 'BucketArn', { value: new s3.Bucket(producer, 'Bucket').bucketArn });
  new CfnOutput(consumer, 'Partition', { value: consumer.formatArn({ service: 'x', resource: 'y' }) });
  new Stack(app, 'China', { env: { region: 'cn-north-1' } });
  app.synth();
  const assembly = Assembly.fromDirectory(join(directory, 'cdk.out'));
  const resolver = new Resolver(assembly);
  const outputs = (template: Template) => Object.fromEntries(Object.entries(template.body.Outputs)
    .map(([name, { Value }]) => [name, shown(resolver.resolve(template, Value))]));

  test('is read with all of its templates', () => {
    expect(assembly.templates.map(({ file, stackName, account, region, parent }) => [file.replace(/[0-9A-F]{8}/g, ''), stackName, account, region, parent?.template.file])).toEqual(expect.arrayContaining([
      ['Outer.template.json', 'Outer', undefined, undefined, undefined],
      ['OuterNested.nested.template.json', 'Outer', undefined, undefined, 'Outer.template.json'],
      ['OuterNestedInner.nested.template.json', 'Outer', undefined, undefined, fileOf(assembly, /Nested/).file],
      ['assembly-Prod/ProdProducer.template.json', 'Prod-Producer', '123456789012', 'eu-west-1', undefined],
      ['assembly-Prod/ProdConsumer.template.json', 'consuming', '123456789012', 'eu-west-1', undefined],
      ['China.template.json', 'China', undefined, 'cn-north-1', undefined],
    ]));
    expect(assembly.templates).toHaveLength(6);
    expect(assembly.findings).toEqual([]);
  });

  test('has the outputs of nested stacks', () => {
    expect(outputs(fileOf(assembly, /^Outer.template.json$/))).toEqual({
      RoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/reader',
      InnerRoleArn: expect.stringMatching(/^arn:\$\{AWS::Partition\}:iam::\$\{AWS::AccountId\}:role\/\$\{Role\w+\}$/),
    });
  });

  test('passes parameters into nested stacks, and the defaults of these are known', () => {
    const template = assembly.templates.find(({ parent }) => parent?.template.parent)!;
    const [policy] = Object.values(template.body.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy');
    expect(shown(resolver.resolve(template, policy.Properties)).PolicyDocument.Statement[0].Resource[1]).toMatch(/^arn:\$\{AWS::Partition\}:s3:::\$\{Bucket\w+\}\/\*$/);
    expect(outputs(template).GivenValue).toBe('default');
  });

  test('has the values that one stack exports and another imports, in the partition of their region', () => {
    expect(outputs(fileOf(assembly, /Consumer/))).toEqual({ BucketArn: expect.stringMatching(/^arn:aws:s3:::\$\{Bucket\w+\}$/), Partition: 'arn:aws:x:eu-west-1:123456789012:y' });
  });

  test('has the paths of constructs in places, from the manifest', () => {
    const template = fileOf(assembly, /Producer/);
    const [bucketResource] = Object.values(template.body.Resources);
    expect(bucketResource.Metadata['aws:cdk:path']).toBe('Prod/Producer/Bucket/Resource');
  });

  test('has nothing to find', () => {
    for (const template of assembly.templates) {
      resolver.resolve(template, Object.values(template.body.Resources).map(({ Properties }) => Properties));
    }
    expect(resolver.findings).toEqual([]);
  });

  test('shares unknown accounts among stacks of the app, but not with other environments', () => {
    const idOf = (file: RegExp, name: string): string => (resolver.resolve(fileOf(assembly, file), { Ref: name }) as any).key;
    expect(idOf(/^Outer.template/, 'AWS::AccountId')).toBe(idOf(/Nested/, 'AWS::AccountId'));
    expect(idOf(/^Outer.template/, 'AWS::AccountId')).not.toBe(idOf(/China/, 'AWS::AccountId'));
  });
});

test.each<[string, object]>([
  ['in a file of its own', { 'S.metadata.json': { '/App/Bucket': [{ type: 'aws:cdk:logicalId', data: 'Bucket' }] } }],
  ['in a file that is not there', {}],
])('the metadata of a stack can be %s', (_, files) => {
  const manifest = { artifacts: { S: { type: 'aws:cloudformation:stack', environment: 'aws://1/eu-west-1', properties: { templateFile: 'a.json' }, additionalMetadataFile: 'S.metadata.json' } } };
  const [{ body }] = Assembly.fromDirectory(written({ 'manifest.json': manifest, 'a.json': { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } }, ...files })).templates;
  expect(body.Resources.Bucket.Metadata?.['aws:cdk:path']).toBe('S.metadata.json' in files ? 'App/Bucket' : undefined);
});

test('an asset path in the metadata names the template of a nested stack', () => {
  const nested = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'n.json', 'aws:asset:property': 'TemplateURL' } };
  const assembly = Assembly.fromDirectory(written({ 'manifest.json': stackOf('a.json'), 'a.json': { Resources: { One: nested, Two: nested } }, 'n.json': { Resources: {} } }));
  expect(assembly.templates.map(({ id }) => id)).toEqual(['a.json', 'a.json/One', 'a.json/Two']);
});

test('a nested stack that nests itself is not read again', () => {
  const nested = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'a.json', 'aws:asset:property': 'TemplateURL' } };
  const assembly = Assembly.fromDirectory(written({ 'manifest.json': stackOf('a.json'), 'a.json': { Resources: { Self: nested } } }));
  expect(assembly.templates).toHaveLength(1);
  expect(assembly.findings.map(({ message }) => message)).toEqual(['The template of the nested stack Self of a.json is not in the assembly, so its resources are not read.']);
});

test('a stage that contains itself is not read again', () => {
  const manifest = { artifacts: { ...stackOf('a.json').artifacts, S: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } } };
  expect(Assembly.fromDirectory(written({ 'manifest.json': manifest, 'a.json': { Resources: {} } })).templates).toHaveLength(1);
});

test('an attribute of a nested stack that is not in the assembly is unknown', () => {
  const resolver = new Resolver(Assembly.fromTemplates({ app: { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack' } } } }));
  expect(shown(resolver.resolve(resolver.assembly.templates[0], { 'Fn::GetAtt': ['Nested', 'Outputs.A'] }))).toBe('${Nested.Outputs.A}');
  expect(resolver.findings).toEqual([{
    id: 'unread-nested-stack',
    message: 'The template of the nested stack Nested of app is not in the assembly, so its resources are not read.',
    place: { template: 'app', logicalId: 'Nested' },
    gap: { at: 'app/Nested', scope: 'everything' },
  }]);
});

test('transforms and loops are findings, because they make resources that are not read', () => {
  const { findings } = Assembly.fromTemplates({ app: { Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'], Resources: { 'F': { Type: 'AWS::Serverless::Function' }, 'Fn::ForEach::Roles': ['Name', ['a'], {}] } } });
  expect(findings.map(({ message }) => message)).toEqual([
    'app has the transform AWS::Serverless-2016-10-31, which can change it at deployment. What it adds or changes is not read.',
    'Fn::ForEach::Roles of app makes resources at deployment, which are not read.',
  ]);
});

describe('a directory is refused', () => {
  test('but not for a byte order mark, which some editors write', () => {
    const folder = written({ 'manifest.json': `\uFEFF${JSON.stringify(stackOf('a.json'))}`, 'a.json': '\uFEFF{"Resources":{}}' });
    expect(Assembly.fromDirectory(folder).templates).toHaveLength(1);
  });

  test('if it is not there', () => {
    const missing = join(directory, 'missing');
    expect(() => Assembly.fromDirectory(missing)).toThrow(`there is no directory ${missing}: give the directory that "cdk synth" writes, such as cdk.out`);
  });

  test.each<[string, { [name: string]: unknown }, string]>([
    ['has no manifest', {}, '<dir> is not a cloud assembly: it must be a directory with a manifest.json, such as the cdk.out that "cdk synth" writes. For other templates, use PodAccess.fromTemplates in a unit test'],
    ['has a manifest that is not JSON', { 'manifest.json': 'secret' }, '<dir>/manifest.json is not JSON'],
    ['has a manifest that is a list', { 'manifest.json': [] }, '<dir>/manifest.json must be a JSON object'],
    ['has a manifest with a list of artifacts', { 'manifest.json': { artifacts: [] } }, '<dir>/manifest.json is not the manifest of a cloud assembly: its artifacts must be an object'],
    ['has no stacks', { 'manifest.json': {} }, '<dir> is a cloud assembly without stacks: give the directory of an app that has some'],
    ['lacks a template', { 'manifest.json': stackOf('a.json') }, 'cannot read <dir>/a.json, which the manifest of the cloud assembly names: ENOENT'],
    ['has a template that is a directory', { 'manifest.json': stackOf('a'), 'a/b': '' }, 'cannot read <dir>/a, which the manifest of the cloud assembly names: it is not a file'],
    ['has a template that is not JSON', { 'manifest.json': stackOf('a.json'), 'a.json': 'Resources: {}' }, '<dir>/a.json is not JSON'],
    ['has a template in YAML', { 'manifest.json': stackOf('a.yaml'), 'a.yaml': 'Resources: {}' }, '<dir>/a.yaml is not JSON: YAML is not read, so convert it to JSON'],
    ['has a template without resources', { 'manifest.json': stackOf('a.json'), 'a.json': {} }, '<dir>/a.json is not a CloudFormation template: it must be an object with Resources'],
    ['has a template whose outputs are a list', { 'manifest.json': stackOf('a.json'), 'a.json': { Resources: {}, Outputs: [] } }, '<dir>/a.json is not a CloudFormation template: Outputs must be an object'],
    ['has a resource without a type', { 'manifest.json': stackOf('a.json'), 'a.json': { Resources: { A: null } } }, '<dir>/a.json is not a CloudFormation template: the resource A must be an object with a Type'],
    ['has an asset manifest that is not JSON', { 'manifest.json': { artifacts: { A: { type: 'cdk:asset-manifest', properties: { file: 'b.json' } } } }, 'b.json': '' }, '<dir>/b.json is not JSON'],
    ['has a template that is nested too deep', { 'manifest.json': stackOf('a.json'), 'a.json': `{"Resources":${'['.repeat(50000)}${']'.repeat(50000)}}` }, '<dir>/a.json is not a CloudFormation template: it must not be nested more than 200 levels deep'],
  ])('if it %s', (_, files, message) => {
    const folder = written(files);
    expect(() => Assembly.fromDirectory(folder)).toThrow(new Error(message.replace('<dir>', folder)));
  });

  test.each<[string, (folder: string) => void, string]>([
    ['names a file outside', (folder) => writeFileSync(join(folder, 'manifest.json'), JSON.stringify(stackOf('../outside.json'))), '../outside.json'],
    ['has a link to a file outside', (folder) => symlinkSync('../outside.json', join(folder, 'a.json')), 'a.json'],
  ])('if it %s', (_, change, file) => {
    writeFileSync(join(directory, 'outside.json'), JSON.stringify({ Resources: {} }));
    const folder = written({ 'manifest.json': stackOf('a.json') });
    change(folder);
    expect(() => Assembly.fromDirectory(folder)).toThrow(`${join(folder, file)} is not in the cloud assembly ${folder}, whose manifest names it`);
  });

  test('if a template is a named pipe, on which reading would wait for a writer', () => {
    const folder = written({ 'manifest.json': stackOf('a.json') });
    const pipe = join(folder, 'a.json');
    const other = namedPipe(pipe);
    try {
      expect(() => Assembly.fromDirectory(folder)).toThrow(new Error(`cannot read ${pipe}, which the manifest of the cloud assembly names: it is not a file`));
    } finally {
      other.kill();
    }
  });

  test('if its nested stacks are more than can be read', () => {
    const nesting = (file: string) => ({ Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:property': 'TemplateURL', 'aws:asset:path': file } });
    const levels = Array.from({ length: 15 }, (_, i) => [`${i}.json`, { Resources: { A: nesting(`${i + 1}.json`), B: nesting(`${i + 1}.json`) } }]);
    const folder = written({ 'manifest.json': stackOf('0.json'), ...Object.fromEntries(levels), '15.json': { Resources: {} } });
    expect(() => Assembly.fromDirectory(folder)).toThrow(`${folder} has more than 5,000 nested stacks, which are too many to read`);
  });

  test('if it is a file', () => {
    const file = join(written({ 'a.json': {} }), 'a.json');
    expect(() => Assembly.fromDirectory(file)).toThrow(`${file} is not a cloud assembly: it must be a directory with a manifest.json, such as the cdk.out that "cdk synth" writes. For other templates, use PodAccess.fromTemplates in a unit test`);
  });
});

test.each<[string, any, string]>([
  ['nothing', null, 'app is not a CloudFormation template: it must be an object with Resources'],
  ['a text', 'Resources: {}', 'app is not a CloudFormation template: it must be an object, not a text: parse its JSON, or convert its YAML to JSON'],
  ['a list', [], 'app is not a CloudFormation template: it must be an object with Resources'],
  ['a list of resources', { Resources: [] }, 'app is not a CloudFormation template: Resources must be an object'],
])('%s is not a template', (_, template, message) => {
  expect(() => Assembly.fromTemplates({ app: template })).toThrow(new Error(message));
});
