import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT, ALLOWED, DENIED, reader, shown, UNKNOWN } from './questions';
import { verification } from '../../../../lib';
import { allow, clusterTemplate } from '../../templates';

const LIST = 'sqs:ListQueues';
const GET = 's3:GetObject';

describe('environments', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'cases-')); });
  afterEach(() => rmSync(folder, { recursive: true }));

  interface StackOf { readonly environment: string; readonly template: object; readonly tags?: { readonly [key: string]: string } }

  function assembly(directory: string, stacks: { [name: string]: StackOf }, stages: string[] = []): void {
    mkdirSync(directory, { recursive: true });
    const artifacts = Object.fromEntries(Object.entries(stacks).map(([name, { environment, template, tags }]) => {
      writeFileSync(join(directory, `${name}.template.json`), JSON.stringify(template));
      return [name, { type: 'aws:cloudformation:stack', environment, properties: { templateFile: `${name}.template.json`, ...tags && { tags } } }];
    }));
    const nested = Object.fromEntries(stages.map((name) => [name, { type: 'cdk:cloud-assembly', properties: { directoryName: name } }]));
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ version: '36.0.0', artifacts: { ...artifacts, ...nested } }));
  }
  const access = () => verification.PodAccess.fromAssembly(folder);
  const exporting = (value: string) => ({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } }, Outputs: { Arn: { Value: value, Export: { Name: 'bucket' } } } });
  const { stack } = clusterTemplate({ ...reader([allow(GET, { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'bucket' }, '/*']] })]) });
  const env = (region: string, number = ACCOUNT) => `aws://${number}/${region}`;
  const outcomeOf = (bucket: string) => shown(access().assume({ resourcesWithoutPolicy: ['arn:aws:s3:::*'] }).pod({ serviceAccountName: 'app' }).decide(GET, { resource: `arn:aws:s3:::${bucket}/x` }));

  test('have exports of their own', () => {
    assembly(folder, {
      West: { environment: env('us-west-2'), template: stack },
      WestData: { environment: env('us-west-2'), template: exporting('arn:aws:s3:::west') },
      EuData: { environment: env('eu-west-1'), template: exporting('arn:aws:s3:::eu') },
      OtherData: { environment: env('us-west-2', '444455556666'), template: exporting('arn:aws:s3:::other') },
    });
    expect(['west', 'eu', 'other'].map(outcomeOf)).toEqual([ALLOWED, DENIED, DENIED]);
  });

  test('have exports of their own in each stage', () => {
    assembly(folder, { WestData: { environment: env('us-west-2'), template: exporting('arn:aws:s3:::west') } }, ['assembly-Prod']);
    assembly(join(folder, 'assembly-Prod'), {
      West: { environment: env('us-west-2'), template: stack }, ProdData: { environment: env('us-west-2'), template: exporting('arn:aws:s3:::prod') },
    });
    expect(['west', 'prod'].map(outcomeOf)).toEqual([DENIED, ALLOWED]);
  });

  test('with an export that is there twice are ambiguous', () => {
    assembly(folder, {
      West: { environment: env('us-west-2'), template: stack },
      One: { environment: env('us-west-2'), template: exporting('arn:aws:s3:::one') },
      Two: { environment: env('us-west-2'), template: exporting('arn:aws:s3:::two') },
    });
    expect(['one', 'two'].map(outcomeOf)).toEqual([UNKNOWN, UNKNOWN]);
  });

  test('that are not known may be those that are', () => {
    const pinned = clusterTemplate({ ...reader([allow(LIST, '*', { Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } } })]) }).stack;
    assembly(folder, { Any: { environment: 'aws://unknown-account/unknown-region', template: pinned } });
    expect(shown(access().pod({ serviceAccountName: 'app' }).decide(LIST))).toBe(UNKNOWN);
  });

  test('have what another region exports only through a reader, which is not followed', () => {
    const imports = clusterTemplate({
      ...reader([allow(GET, { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Exports', '/cdk/exports/bucket'] }, '/*']] })]), Exports: { Type: 'Custom::CrossRegionExportReader', Properties: {} },
    }).stack;
    assembly(folder, { West: { environment: env('us-west-2'), template: imports } });
    expect(outcomeOf('eu')).toBe(UNKNOWN);
  });

  test('have tags of stacks, which are those of roles', () => {
    const tagged = clusterTemplate({ ...reader([allow(LIST, '*', { Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'a' } } })]) }).stack;
    const outcome = (tags?: { [key: string]: string }, template: object = tagged) => {
      assembly(folder, { West: { environment: env('us-west-2'), template, tags } });
      return shown(access().pod({ serviceAccountName: 'app' }).decide(LIST));
    };
    expect(outcome({ team: 'a' })).toBe(ALLOWED);
    expect(outcome({ team: 'b' })).toBe(DENIED);
    expect(outcome({ other: 'a' })).toBe(DENIED);
    expect(outcome()).toBe(DENIED);
    const own = clusterTemplate({ ...reader([allow(LIST, '*', { Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'a' } } })], { Tags: [{ Key: 'team', Value: 'a' }] }) }).stack;
    expect(outcome({ team: 'b' }, own)).toBe(ALLOWED);
  });
});
