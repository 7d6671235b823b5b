import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, AppProps, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { PackedGraph, unpackGraph } from '../../../lib/page/packed-graph';
import { FailOn, PodAccessPlugin, PodAccessPluginProps } from '../../../lib/verification';
import { newFolder } from '../../files';

const newApp = (props: AppProps = {}) => new App({ outdir: newFolder(), context: { [PATH_METADATA_ENABLE_CONTEXT]: true }, ...props });

const roleForPods = (stack: Stack, id: string) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });

/** Templates of an app with a stack of its own, and a stage. */
function templates(): string[] {
  const app = newApp();
  roleForPods(new Stack(app, 'One'), 'Own');
  roleForPods(new Stack(new Stage(app, 'Prod'), 'Stack'), 'OfStage');
  return app.synth().stacksRecursively.map(({ templateFullPath }) => templateFullPath);
}

const paths = templates();
const assembly = dirname(paths[0]);
const plugin = (props: PodAccessPluginProps) => new PodAccessPlugin({ failOn: FailOn.NONE, ...props });
const graphIn = (file: string) => unpackGraph(JSON.parse(/id="access-graph">(.*)<\/script>/.exec(readFileSync(file, 'utf8'))![1]) as PackedGraph);

beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {})); // violations that do not fail

test('the app, with its stages, and each stage have a page', () => {
  const htmlDirectory = join(newFolder(), 'html');
  plugin({ htmlDirectory }).validate({ templatePaths: paths });
  const pages = readdirSync(htmlDirectory).sort();
  expect(pages).toEqual(['app.html', 'assembly-Prod.html']);
  const all = pages.map((page) => graphIn(join(htmlDirectory, page)));
  expect(all.map(({ title }) => title)).toEqual(['cdk.out', 'cdk.out/assembly-Prod']);
  expect(all.map(({ nodes }) => nodes.filter(({ kind }) => kind === 'role').map(({ name }) => name))).toEqual([
    [expect.stringMatching(/^Own/), expect.stringMatching(/^OfStage/)],
    [expect.stringMatching(/^OfStage/)],
  ]);
});

test('the content does not depend on the folder of the assembly', () => {
  const contentOf = (templatePaths: string[]) => {
    const htmlDirectory = newFolder();
    plugin({ htmlDirectory }).validate({ templatePaths });
    return readdirSync(htmlDirectory).map((file) => readFileSync(join(htmlDirectory, file), 'utf8'));
  };
  expect(contentOf(templates())).toEqual(contentOf(paths));
});

test('without the property there are no files', () => {
  const before = readdirSync(process.cwd());
  plugin({}).validate({ templatePaths: paths });
  expect(readdirSync(process.cwd())).toEqual(before);
});

test('files for code scanning can be written beside it', () => {
  const folder = newFolder();
  plugin({ htmlDirectory: folder, sarifDirectory: folder }).validate({ templatePaths: paths });
  expect(readdirSync(folder).sort()).toEqual(['app.html', 'app.sarif', 'assembly-Prod.html', 'assembly-Prod.sarif']);
});

describe('what cannot be written is an error', () => {
  const refusedFor = (htmlDirectory: string, templatePaths = paths) =>
    plugin({ htmlDirectory }).validate({ templatePaths }).violations.filter(({ ruleName }) => ruleName === 'unwritable-page').map(({ description }) => description);
  const inAssembly = (htmlDirectory: string) => [
    `htmlDirectory is ${htmlDirectory}, which is in the cloud assembly ${assembly}: name a folder outside of it, such as html, because the CDK ends a synthesis in which a plugin adds files to the assembly`,
  ];

  test('in the assembly, in a folder of it, and beside that of a stage', () => {
    expect(refusedFor(assembly)).toEqual(inAssembly(assembly));
    expect(refusedFor(join(assembly, 'pages', 'html'))).toEqual(inAssembly(join(assembly, 'pages', 'html')));
    expect(existsSync(join(assembly, 'pages'))).toBe(false);
    expect(refusedFor(join(assembly, 'html'), paths.filter((path) => path.includes('assembly-Prod')))).toEqual(inAssembly(join(assembly, 'html')));
  });

  test('in a folder that leads there by a link', () => {
    const folder = newFolder();
    mkdirSync(folder);
    symlinkSync(assembly, join(folder, 'link'));
    expect(refusedFor(join(folder, 'link', 'html'))).toEqual(inAssembly(join(folder, 'link', 'html')));
  });

  test('where a file is in the way, and the files for code scanning are written all the same', () => {
    const folder = newFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'file'), '');
    const { success, violations } = new PodAccessPlugin({ htmlDirectory: join(folder, 'file'), sarifDirectory: folder }).validate({ templatePaths: paths });
    expect(success).toBe(false);
    expect(violations.filter(({ severity }) => severity === 'error')).toMatchObject([{
      ruleName: 'unwritable-page', description: `htmlDirectory is ${join(folder, 'file')}, which is a file: name a folder, such as html`, violatingResources: [{ templatePath: paths[0] }],
    }]);
    expect(readdirSync(folder)).toContain('app.sarif');
  });
});

test('no name is refused', () => {
  expect(() => new PodAccessPlugin({ htmlDirectory: '' })).toThrow('htmlDirectory is empty: name a folder outside of the cloud assembly, such as html');
});

test('in a synthesis, pages are beside the assembly', () => {
  const spies = (['log', 'error'] as const).map((method) => jest.spyOn(console, method).mockImplementation(() => {}));
  const htmlDirectory = newFolder();
  const before = process.exitCode;
  const app = newApp({ policyValidationBeta1: [plugin({ htmlDirectory })] });
  roleForPods(new Stack(app, 'One'), 'Own');
  app.synth();
  expect(process.exitCode).toBe(before);
  process.exitCode = before;
  spies.forEach((spy) => spy.mockRestore());
  expect(readdirSync(htmlDirectory)).toEqual(['app.html']);
});
