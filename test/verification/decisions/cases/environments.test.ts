import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT, ALLOWED, DENIED, reader, shown, UNKNOWN } from './questions';
import { verification } from '../../../../lib';
import { AccessDiff } from '../../../../lib/verification/access-diff';
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

  test('have tags of stacks, which the deployment can replace, and which are those of roles without their own', () => {
    const ofTeamA = (properties: object) => clusterTemplate(reader([allow(LIST, '*', { Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'a' } } })], properties)).stack;
    const outcome = (tags?: { [key: string]: string }, template: object = ofTeamA({})) => {
      assembly(folder, { West: { environment: env('us-west-2'), template, tags } });
      return shown(access().pod({ serviceAccountName: 'app' }).decide(LIST));
    };
    expect(outcome({ team: 'a' })).toBe(UNKNOWN);
    expect(outcome({ team: 'b' })).toBe(UNKNOWN);
    expect(outcome({ other: 'a' })).toBe(UNKNOWN);
    expect(outcome()).toBe(UNKNOWN);
    expect(outcome({ team: 'b' }, ofTeamA({ Tags: [{ Key: 'team', Value: 'a' }] }))).toBe(ALLOWED);
    expect(outcome({ team: 'a' }, ofTeamA({ Tags: [{ Key: 'team', Value: 'b' }] }))).toBe(DENIED);
  });

  test('a change of the tags of a stack is a difference, if policies depend on it', () => {
    const { stack: tagged } = clusterTemplate(reader([allow(LIST, '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } })]));
    const withTags = (tags: { [key: string]: string }) => {
      assembly(folder, { West: { environment: env('us-west-2'), template: tagged, tags } });
      return access();
    };
    const before = withTags({ team: 'b' });
    expect(AccessDiff.between(before, withTags({ team: 'a' })).broadens).toBe(true);
    expect(AccessDiff.between(before, withTags({ team: 'b', other: 'c' })).broadens).toBe(false);
  });
});
