import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cdk8s from 'cdk8s';
import { ModuleKind, transpileModule } from 'typescript';
import * as library from '../../lib';
import { blocksOf } from '../documents';
import { ExistingCluster } from '../stacks';

const folder = mkdtempSync(join(tmpdir(), 'cdk-irsa-'));
afterAll(() => rmSync(folder, { recursive: true }));

const programs = blocksOf('docs/roles.md', 'ts nofixture');

/** What a program of the guide exports. */
function program(source = programs[0]): { [name: string]: any } {
  const { outputText } = transpileModule(source, { compilerOptions: { module: ModuleKind.CommonJS } });
  const exported = {};
  new Function('require', 'exports', outputText)((name: string) => (name === 'cdk-irsa' ? library : jest.requireActual(name)), exported);
  return exported;
}

const shown = blocksOf('docs/roles.md', 'yaml');

describe('the program of the guide', () => {
  const app = new App();
  const clusters = new Stack(app, 'Clusters');
  const stack: Stack = new (program().RolesStack)(app, 'Roles', {
    env: { account: '123456789012', region: 'eu-central-1' }, cluster: new ExistingCluster(clusters, 'Cluster'), folder,
  });

  test.each([['reports/reader.k8s.yaml', 0], ['karpenter-values.yaml', 1]])('writes %s as the guide shows it', (file, block) => {
    expect(readFileSync(join(folder, file), 'utf8')).toBe(shown[block]);
  });

  test('defines the roles that the files name, and nothing else', () => {
    const resources = Object.values<any>(Template.fromStack(stack).toJSON().Resources);
    expect(resources.map(({ Type, Properties }) => [Type, Properties.RoleName])).toEqual([['AWS::IAM::Role', 'reports-reader'], ['AWS::IAM::Role', 'karpenter']]);
  });
});

test('the whole app for roles in another account looks nothing up, so that its synthesis needs no credentials', () => {
  const { app } = program(`${programs.find((source) => source.includes('OidcProvider.create()'))!}\nexport { app };\n`);
  expect(app.synth().manifest.missing ?? []).toEqual([]);
});

test('each YAML block of the guide is valid', () => {
  const kinds = shown.map((block) => {
    writeFileSync(join(folder, 'block.yaml'), block);
    return cdk8s.Yaml.load(join(folder, 'block.yaml')).map(({ kind }) => kind);
  });
  expect(kinds).toEqual([
    ['ServiceAccount'], [undefined], ['Application'], ['Application'], ['Kustomization'], ['HelmRelease'],
  ]);
});
