import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, AppProps, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { FailOn, PodAccessPlugin, PodAccessPluginProps } from '../../../lib/verification';
import { newFolder } from '../../files';
import { analysisIn, resultLines } from '../../sarif';

const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;

/** A role that every pod of a cluster can assume. */
const openRole = (stack: Stack, id = 'Open') =>
  new iam.Role(stack, id, { assumedBy: new iam.WebIdentityPrincipal(PROVIDER, { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } }) });

const newApp = (props: AppProps = {}) => new App({ outdir: newFolder(), context: { [PATH_METADATA_ENABLE_CONTEXT]: true }, ...props });

/** Templates of an app with a stack of its own, and two stages, of which one breaks no rule. */
function templates(): string[] {
  const app = newApp();
  openRole(new Stack(app, 'One', { env: { account: '111122223333', region: 'eu-west-1' } }));
  openRole(new Stack(app, 'Two', { env: { account: '111122223333', region: 'us-west-2' } }));
  openRole(new Stack(new Stage(app, 'Prod'), 'Stack'));
  new iam.Role(new Stack(new Stage(app, 'Dev'), 'Stack'), 'Fine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  return app.synth().stacksRecursively.map(({ templateFullPath }) => templateFullPath);
}

const paths = templates();
// without places, because only newer versions of aws-cdk-lib record stack traces by default
const linesOf = (file: string) => resultLines(analysisIn(readFileSync(file, 'utf8'))).map((line) => line.replace(/ \S+:\d+ /, ' '));
const filesIn = (folder: string) => Object.fromEntries(readdirSync(folder).sort().map((file) => [file, linesOf(join(folder, file))]));
const open = (construct: string) => `error trust-without-subject ${construct}/Open/Resource`;
const plugin = (props: PodAccessPluginProps) => new PodAccessPlugin({ failOn: FailOn.NONE, ...props });

beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {})); // violations that do not fail

test('the app and each stage have a file, also without violations', () => {
  const sarifDirectory = join(newFolder(), 'sarif');
  plugin({ sarifDirectory }).validate({ templatePaths: paths });
  expect(filesIn(sarifDirectory)).toEqual({
    'app.sarif': [open('One'), open('Two')],
    'assembly-Dev.sarif': [],
    'assembly-Prod.sarif': [open('Prod/Stack')],
  });
  expect(readdirSync(sarifDirectory).map((file) => analysisIn(readFileSync(join(sarifDirectory, file), 'utf8')).automationDetails.id))
    .toEqual(['cdk-irsa/synthesis/app/', 'cdk-irsa/synthesis/assembly-Dev/', 'cdk-irsa/synthesis/assembly-Prod/']);
});

test('the violations are those that nobody acknowledged', () => {
  const sarifDirectory = newFolder();
  plugin({ sarifDirectory, acknowledged: [{ ruleId: 'trust-without-subject', constructPath: 'One', reason: 'a test' }] }).validate({ templatePaths: paths });
  expect(filesIn(sarifDirectory)['app.sarif']).toEqual([open('Two')]);
});

// as up to aws-cdk-lib 2.268
test('a file has the violations of all regions, for which the CDK asks one after the other, and no old ones', () => {
  const sarifDirectory = newFolder();
  const asked = plugin({ sarifDirectory });
  const own = paths.filter((path) => !path.includes('assembly-'));
  own.forEach((path) => asked.validate({ templatePaths: [path] }));
  own.forEach((path) => asked.validate({ templatePaths: [path] }));
  expect(filesIn(sarifDirectory)).toEqual({ 'app.sarif': [open('One'), open('Two')] });
});

test('the content does not depend on the folder of the assembly', () => {
  const contentOf = (templatePaths: string[]) => {
    const sarifDirectory = newFolder();
    plugin({ sarifDirectory }).validate({ templatePaths });
    return readdirSync(sarifDirectory).map((file) => readFileSync(join(sarifDirectory, file), 'utf8'));
  };
  expect(contentOf(templates())).toEqual(contentOf(paths));
});

test('an output folder that has a name like that of a stage is that of an app', () => {
  const repository = newFolder();
  const app = newApp({ outdir: join(repository, 'assembly-out') });
  openRole(new Stack(app, 'One'));
  const templatePaths = app.synth().stacks.map(({ templateFullPath }) => templateFullPath);
  plugin({ sarifDirectory: join(repository, 'sarif') }).validate({ templatePaths });
  expect(filesIn(join(repository, 'sarif'))).toEqual({ 'app.sarif': [open('One')] });
});

describe('files of stages that the app does not have any more', () => {
  /** Templates of an app with stages, and with a stack of its own if one of them is the app. */
  const synthesized = (outdir: string, ...stages: string[]) => {
    const app = newApp({ outdir });
    stages.forEach((stage) => openRole(new Stack(stage === 'app' ? app : new Stage(app, stage), 'Stack')));
    return app.synth().stacksRecursively.map(({ templateFullPath }) => templateFullPath);
  };
  const before = () => {
    const [sarifDirectory, outdir] = [newFolder(), newFolder()];
    plugin({ sarifDirectory }).validate({ templatePaths: synthesized(outdir, 'app', 'Dev', 'Gone') });
    expect(readdirSync(sarifDirectory).sort()).toEqual(['app.sarif', 'assembly-Dev.sarif', 'assembly-Gone.sarif']);
    return { sarifDirectory, outdir };
  };

  test('are removed, also if the cloud assembly still has their folders', () => {
    const { sarifDirectory, outdir } = before();
    plugin({ sarifDirectory }).validate({ templatePaths: synthesized(outdir, 'Dev', 'Prod') });
    expect(existsSync(join(outdir, 'assembly-Gone'))).toBe(true);
    expect(filesIn(sarifDirectory)).toEqual({ 'assembly-Dev.sarif': [open('Dev/Stack')], 'assembly-Prod.sarif': [open('Prod/Stack')] });
  });

  test('are not those of stages for which the CDK asks later, or which have another plugin', () => {
    const { sarifDirectory, outdir } = before();
    const [first, ...others] = synthesized(outdir, 'app', 'Dev', 'Prod');
    plugin({ sarifDirectory }).validate({ templatePaths: [first] });
    expect(readdirSync(sarifDirectory).sort()).toEqual(['app.sarif', 'assembly-Dev.sarif']);
    others.forEach((path) => plugin({ sarifDirectory }).validate({ templatePaths: [path] }));
    expect(readdirSync(sarifDirectory).sort()).toEqual(['app.sarif', 'assembly-Dev.sarif', 'assembly-Prod.sarif']);
  });

  test('stay if the stages are not known', () => {
    const { sarifDirectory, outdir } = before();
    const templatePaths = synthesized(outdir, 'Dev');
    writeFileSync(join(outdir, 'manifest.json'), '{');
    const { violations } = plugin({ sarifDirectory }).validate({ templatePaths });
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['trust-without-subject']);
    expect(readdirSync(sarifDirectory)).toHaveLength(3);
  });

  test('are not those of other tools, of other apps, and of something else', () => {
    const { sarifDirectory, outdir } = before();
    const text = readFileSync(join(sarifDirectory, 'assembly-Gone.sarif'), 'utf8');
    const others: { readonly [file: string]: string } = {
      'assembly-Gone.json': text,
      'other.sarif': text,
      'assembly-Copy.sarif': text,
      'assembly-Tool.sarif': text.replace('"name": "cdk-irsa"', '"name": "other"').replaceAll('assembly-Gone', 'assembly-Tool'),
      'assembly-App.sarif': text.replaceAll('synthesis/assembly-Gone/', 'synthesis/assembly-App/apps/other/'),
      'assembly-Text.sarif': 'text',
      'assembly-List.sarif': '[]',
      'assembly-Runs.sarif': '{ "runs": {} }',
      'assembly-More.sarif': JSON.stringify({ runs: [...JSON.parse(text.replaceAll('assembly-Gone', 'assembly-More')).runs, {}] }),
    };
    Object.entries(others).forEach(([file, content]) => writeFileSync(join(sarifDirectory, file), content));
    mkdirSync(join(sarifDirectory, 'assembly-Folder.sarif'));
    symlinkSync(join(sarifDirectory, 'assembly-Gone.json'), join(sarifDirectory, 'assembly-Link.sarif'));
    plugin({ sarifDirectory }).validate({ templatePaths: synthesized(outdir, 'Dev') });
    expect(readdirSync(sarifDirectory).sort()).toEqual([...Object.keys(others), 'assembly-Dev.sarif', 'assembly-Folder.sarif', 'assembly-Link.sarif'].sort());
  });
});

test('without the property there are no files', () => {
  const before = readdirSync(process.cwd());
  plugin({}).validate({ templatePaths: paths });
  expect(readdirSync(process.cwd())).toEqual(before);
});

describe('a folder in the cloud assembly is an error, and is not created', () => {
  const assembly = dirname(paths[0]);
  const refuses = (sarifDirectory: string, templatePaths = paths) => {
    const { violations } = plugin({ sarifDirectory }).validate({ templatePaths });
    expect(violations.filter(({ ruleName }) => ruleName === 'unwritable-sarif')).toMatchObject([{
      description: `sarifDirectory is ${sarifDirectory}, which is in the cloud assembly ${assembly}: name a folder outside of it, such as sarif, because the CDK ends a synthesis in which a plugin adds files to the assembly`,
      violatingResources: [{ templatePath: templatePaths[0] }],
    }]);
  };

  test('the assembly itself, and a folder in it', () => {
    refuses(assembly);
    refuses(join(assembly, 'reports', 'sarif'));
    expect(existsSync(join(assembly, 'reports'))).toBe(false);
  });

  test('a folder beside the assembly of a stage', () => {
    refuses(join(assembly, 'sarif'), paths.filter((path) => path.includes('assembly-Prod')));
  });

  test('a folder that leads there by a link', () => {
    const folder = newFolder();
    mkdirSync(folder);
    symlinkSync(assembly, join(folder, 'link'));
    refuses(join(folder, 'link', 'sarif'));
  });

  test('a folder whose name only begins like that of the assembly is none', () => {
    plugin({ sarifDirectory: `${assembly}-sarif` }).validate({ templatePaths: paths });
    expect(readdirSync(`${assembly}-sarif`)).toHaveLength(3);
  });
});

test('no name is refused', () => {
  expect(() => new PodAccessPlugin({ sarifDirectory: '' })).toThrow('sarifDirectory is empty: name a folder outside of the cloud assembly, such as sarif');
});

test('in a synthesis, files are beside the assembly', () => {
  const spies = (['log', 'error'] as const).map((method) => jest.spyOn(console, method).mockImplementation(() => {}));
  const sarifDirectory = newFolder();
  const before = process.exitCode;
  const app = newApp({ policyValidationBeta1: [plugin({ sarifDirectory })] });
  openRole(new Stack(app, 'One'));
  app.synth();
  expect(process.exitCode).toBe(before);
  process.exitCode = before;
  spies.forEach((spy) => spy.mockRestore());
  expect(filesIn(sarifDirectory)).toEqual({ 'app.sarif': [open('One')] });
});
