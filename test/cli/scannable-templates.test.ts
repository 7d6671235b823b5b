import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemblyOf } from './assemblies';
import { refused, run } from './run';
import { namedPipe, newFolder, write } from '../files';
import { templateAfter } from '../verification/diff/app';

const plain = { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } };
const original = templateAfter() as any;
const assembly = assemblyOf({ App: original, Plain: plain });
const fileIn = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');

test('the copy has the trust policy as the object that IAM gets, with names for what only the deployment knows', () => {
  const folder = newFolder();
  expect(run('scannable-templates', assembly, folder)).toEqual({
    code: 0, err: '', out: 'App.template.json: the trust policy of Reader\nPlain.template.json: unchanged\n',
  });
  const issuer = 'Cluster.IssuerHost/id/Cluster.IssuerId';
  expect(JSON.parse(fileIn(folder, 'App.template.json')).Resources.Reader.Properties.AssumeRolePolicyDocument).toEqual({
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/${issuer}` } },
      Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'system:serviceaccount:default:reader' } },
    }],
  });
});

test('everything else is as it was', () => {
  const folder = newFolder();
  run('scannable-templates', assembly, folder);
  const copy = JSON.parse(fileIn(folder, 'App.template.json'));
  copy.Resources.Reader.Properties.AssumeRolePolicyDocument = original.Resources.Reader.Properties.AssumeRolePolicyDocument;
  expect(copy).toEqual(original);
  expect(fileIn(folder, 'Plain.template.json')).toBe(fileIn(assembly, 'Plain.template.json'));
});

test('a trust policy that cannot be read stays as it is, with a warning', () => {
  const folder = newFolder();
  const broken = templateAfter(({ Reader }) => Reader.Properties.AssumeRolePolicyDocument = '{"Statement":');
  expect(run('scannable-templates', assemblyOf({ App: broken }), folder)).toEqual({
    code: 0,
    out: 'App.template.json: unchanged\n',
    err: expect.stringMatching(/^cdk-irsa: warning: a trust policy is unchanged: .* \(Reader in App\.template\.json, Properties\.AssumeRolePolicyDocument\)\n$/),
  });
  expect(JSON.parse(fileIn(folder, 'App.template.json'))).toEqual(broken);
});

test('a condition of aws-cdk\'s CfnJson becomes an object, too', () => {
  const folder = newFolder();
  const template = templateAfter((resources) => {
    resources.Condition = {
      Type: 'Custom::AWSCDKCfnJson',
      Properties: { Value: { 'Fn::Join': ['', ['{"', { 'Fn::Select': [1, { 'Fn::Split': [':oidc-provider/', { Ref: 'Provider' }] }] }, ':sub":"system:serviceaccount:default:reader"}']] } },
    };
    resources.Reader.Properties.AssumeRolePolicyDocument = {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { Ref: 'Provider' } }, Condition: { StringEquals: { 'Fn::GetAtt': ['Condition', 'Value'] } },
      }],
    };
  });
  expect(run('scannable-templates', assemblyOf({ App: template }), folder)).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(fileIn(folder, 'App.template.json')).Resources.Reader.Properties.AssumeRolePolicyDocument.Statement[0].Condition)
    .toEqual({ StringEquals: { 'Cluster.IssuerHost/id/Cluster.IssuerId:sub': 'system:serviceaccount:default:reader' } });
});

describe('a trust policy that the copy cannot show stays as it is, with a warning', () => {
  const ec2 = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };

  /** The warnings about a template, which is expected to be unchanged. */
  function warnings(template: object) {
    const [from, folder] = [assemblyOf({ App: template }), newFolder()];
    const { out, err } = run('scannable-templates', from, folder);
    expect(out).toBe('App.template.json: unchanged\n');
    expect(fileIn(folder, 'App.template.json')).toBe(fileIn(from, 'App.template.json'));
    return err;
  }

  const roleWith = (document: unknown) => ({ Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document } } });
  const sub = (text: string) => ({ 'Fn::Sub': `{"Version":"2012-10-17","Statement":[${text}]}` });

  test('if the deployment decides whether a statement is there', () => {
    const condition = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] } } };
    const document = { Version: '2012-10-17', Statement: [{ 'Fn::If': ['IsTest', ec2, { Ref: 'AWS::NoValue' }] }, ec2] };
    expect(warnings({ ...condition, Resources: roleWith(document) }))
      .toBe('cdk-irsa: warning: a trust policy is unchanged: Statement[0] must be an object (Role in App.template.json, Properties.AssumeRolePolicyDocument)\n');
  });

  test('if a statement is malformed', () => {
    expect(warnings({ Resources: roleWith(sub(JSON.stringify({ ...ec2, Action: undefined }))) })).toBe('cdk-irsa: warning: a trust policy is unchanged: '
      + 'a statement must have either Action or NotAction (Role in App.template.json, Properties.AssumeRolePolicyDocument.Statement[0])\n');
  });

  test('if two keys would get one name', () => {
    const text = JSON.stringify({ ...ec2, Condition: { StringEquals: { 'Key': 'x', '${Key}': 'y' } } });
    expect(warnings({ Parameters: { Key: { Type: 'String', AllowedPattern: '^[a-z]+$' } }, Resources: roleWith(sub(text)) }))
      .toBe('cdk-irsa: warning: a trust policy is unchanged: two of its keys would have the name Key (Role in App.template.json, Properties.AssumeRolePolicyDocument)\n');
  });

  test('if its template is nested with different values', () => {
    const nested = (name: string) => ({
      Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'Child.template.json', 'aws:asset:property': 'TemplateURL' }, Properties: { Parameters: { Name: name } },
    });
    const text = JSON.stringify({ ...ec2, Principal: { AWS: 'arn:aws:iam::111111111111:role/${Name}' } });
    const child = { Parameters: { Name: { Type: 'String' } }, Resources: roleWith(sub(text)) };
    const files = (...names: string[]) => {
      const from = assemblyOf({ App: { Resources: Object.fromEntries(names.map((name, i) => [`Nested${i}`, nested(name)])) } });
      writeFileSync(join(from, 'Child.template.json'), JSON.stringify(child));
      return from;
    };
    const folder = newFolder();
    expect(run('scannable-templates', files('a', 'b'), folder)).toEqual({
      code: 0,
      out: 'App.template.json: unchanged\nChild.template.json: unchanged\n',
      err: 'cdk-irsa: warning: a trust policy is unchanged: its template is nested more than once, and the trust policies differ'
        + ' (Role in App.template.json/Nested0, Properties.AssumeRolePolicyDocument)\n',
    });
    expect(fileIn(folder, 'Child.template.json')).toBe(JSON.stringify(child));
    expect(run('scannable-templates', files('a', 'a'), folder)).toMatchObject({ err: '', out: expect.stringContaining('Child.template.json: the trust policy of Role\n') });
  });
});

describe('the folder', () => {
  test('may be empty', () => {
    const folder = newFolder();
    mkdirSync(folder);
    expect(run('scannable-templates', assembly, folder)).toMatchObject({ code: 0, err: '' });
  });

  test('may be an earlier copy, whose files go', () => {
    const folder = newFolder();
    run('scannable-templates', assembly, folder);
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect(run('scannable-templates', assemblyOf({ Plain: plain }), folder)).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(folder).sort()).toEqual(['.cdk-irsa-scannable-templates', 'Plain.template.json', 'notes.txt']);
  });

  test('may not have other files', () => {
    const folder = write({ 'notes.txt': 'mine' });
    expect(run('scannable-templates', assembly, folder)).toEqual(refused(`${folder} is neither an empty folder nor an earlier copy: the copy needs a folder of its own`));
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  test('may not be a file', () => {
    const file = join(write({ 'notes.txt': 'mine' }), 'notes.txt');
    expect(run('scannable-templates', assembly, file)).toEqual(refused(`${file} is neither an empty folder nor an earlier copy: the copy needs a folder of its own`));
  });

  test('is not left by files of the assembly, nor by those that an earlier copy lists', () => {
    const [folder, manifest] = [newFolder(), JSON.parse(fileIn(assembly, 'manifest.json'))];
    manifest.artifacts.App.properties.templateFile = '../outside.json';
    const bad = join(write({ 'outside.json': plain, 'cdk.out/manifest.json': manifest, 'cdk.out/Plain.template.json': plain }), 'cdk.out');
    expect(run('scannable-templates', bad, folder)).toEqual(refused(`${join(bad, '../outside.json')} is not in the cloud assembly ${bad}, whose manifest names it`));

    const listing = write({ 'kept.txt': '', 'copy/.cdk-irsa-scannable-templates': '../kept.txt\n' });
    expect(run('scannable-templates', assembly, join(listing, 'copy'))).toMatchObject({ code: 0 });
    expect(existsSync(join(listing, 'kept.txt'))).toBe(true);
  });

  test('is not left by symbolic links in an earlier copy', () => {
    const outside = write({ 'kept.txt': 'mine' });
    const folder = write({ '.cdk-irsa-scannable-templates': 'sub/kept.txt\n' });
    symlinkSync(outside, join(folder, 'sub'));
    expect(run('scannable-templates', assembly, folder)).toEqual(refused(`${join(folder, 'sub')} is a symbolic link, which could lead out of the copy: remove it, or give another folder`));
    expect(fileIn(outside, 'kept.txt')).toBe('mine');
  });

  test.each(['App.template.json', '.cdk-irsa-scannable-templates'])('does not have its %s written through a symbolic link', (file) => {
    const outside = write({ 'kept.txt': '' });
    const folder = write(file === 'App.template.json' ? { '.cdk-irsa-scannable-templates': '' } : {});
    mkdirSync(folder, { recursive: true });
    symlinkSync(join(outside, 'kept.txt'), join(folder, file));
    expect(run('scannable-templates', assembly, folder)).toEqual(refused(`${join(folder, file)} is a symbolic link, which could lead out of the copy: remove it, or give another folder`));
    expect(fileIn(outside, 'kept.txt')).toBe('');
  });

  test.each(['App.template.json', '.cdk-irsa-scannable-templates'])('does not wait for a writer if its %s is a named pipe', (file) => {
    const folder = write({ kept: '', ...file === 'App.template.json' && { '.cdk-irsa-scannable-templates': `${file}\n` } });
    const pipe = join(folder, file);
    const other = namedPipe(pipe);
    try {
      expect(run('scannable-templates', assembly, folder)).toEqual(refused(`${pipe} is neither a file nor a folder: remove it, or give another folder`));
    } finally {
      other.kill();
    }
  });

  test('keeps a file that has the name of a template but is not of the earlier copy', () => {
    const folder = write({ '.cdk-irsa-scannable-templates': 'Plain.template.json\n', 'Plain.template.json': 'old', 'App.template.json': 'mine' });
    expect(run('scannable-templates', assembly, folder)).toEqual(refused(`${join(folder, 'App.template.json')} is not of the earlier copy: remove it, or give another folder`));
    expect([fileIn(folder, 'App.template.json'), fileIn(folder, 'Plain.template.json')]).toEqual(['mine', 'old']);
  });

  test('may itself be a symbolic link', () => {
    const [real, link] = [newFolder(), newFolder()];
    mkdirSync(real);
    symlinkSync(real, link);
    expect(run('scannable-templates', assembly, link)).toMatchObject({ code: 0, err: '' });
    expect(existsSync(join(real, 'App.template.json'))).toBe(true);
  });
});
