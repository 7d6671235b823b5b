import { rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { ISSUER, PROVIDER } from './broken-rules';
import { PodAccessPlugin } from '../../../lib/verification';
import { newFolder } from '../../files';

/** A role that every pod of a cluster can assume. */
const openRole = (scope: Construct, id = 'Open') =>
  new iam.Role(scope, id, { assumedBy: new iam.WebIdentityPrincipal(PROVIDER, { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } }) });
const closedRole = (scope: Construct, id = 'Closed') => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

const templatesOf = (build: (app: App) => void, metadata = true): string[] => {
  const app = new App({ outdir: newFolder(), context: { [PATH_METADATA_ENABLE_CONTEXT]: metadata } });
  build(app);
  return app.synth().stacksRecursively.map(({ templateFullPath }) => templateFullPath);
};

/** What the plugin says about its entries for a rule, of which each names a construct. */
const saidOf = (templatePaths: string[], ...constructPaths: string[]) => {
  const acknowledged = constructPaths.map((constructPath) => ({ ruleId: 'trust-without-subject', constructPath, reason: 'a test' }));
  return new PodAccessPlugin({ acknowledged }).validate({ templatePaths }).violations
    .filter(({ ruleName }) => ruleName.endsWith('-acknowledgement'))
    .map(({ severity, ruleName, description, violatingResources: [{ resourceLogicalId }] }) =>
      ({ rule: `${severity} ${ruleName}`, description, at: resourceLogicalId.replace(/[0-9A-F]{8}$/, '') }));
};
const rulesOf = (templatePaths: string[], ...constructPaths: string[]) => saidOf(templatePaths, ...constructPaths).map(({ rule }) => rule);

const UNUSED = 'warning unused-acknowledgement';
const MISPLACED = 'error misplaced-acknowledgement';

beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {})); // violations that do not fail
afterEach(() => jest.restoreAllMocks());

describe('in a stack', () => {
  const paths = templatesOf((app) => {
    const stack = new Stack(app, 'Stack');
    [openRole, closedRole].forEach((define) => define(new Construct(stack, `Of${define.name}`)));
  });

  test('an entry that accepts a violation is used, whatever construct contains it', () => {
    expect(rulesOf(paths, 'Stack', 'Stack/OfopenRole', 'Stack/OfopenRole/Open/Resource')).toEqual([]);
  });

  test('an entry for a construct without the violation is a warning at its resource', () => {
    expect(saidOf(paths, 'Stack/OfopenRole', 'Stack/OfclosedRole')).toEqual([{
      rule: UNUSED,
      description: expect.stringMatching(/^acknowledged\[1\] accepts nothing: no resource of Stack\/OfclosedRole breaks trust-without-subject\. /),
      at: 'OfclosedRoleClosed',
    }]);
  });

  test('an entry for a construct that is not there is an error, which says what is near', () => {
    expect(saidOf(paths, 'Stack/OfOpenrole', 'Other')).toEqual([
      { rule: MISPLACED, description: expect.stringMatching(/^acknowledged\[0\]\.constructPath is "Stack\/OfOpenrole", but the cloud assembly has no resource with this path, nor below it: did you mean Stack\/OfopenRole\? /), at: expect.any(String) },
      { rule: MISPLACED, description: expect.stringMatching(/^acknowledged\[1\]\.constructPath is "Other", but the cloud assembly has no resource with this path, nor below it\. /), at: expect.any(String) },
    ]);
    expect(saidOf(paths, '/Stack/OfopenRole', 'Stack/OfopenRole/').map(({ description }) => description.includes('did you mean Stack/OfopenRole?'))).toEqual([true, true]);
  });

  test('fails the synthesis only if the construct is not there', () => {
    const entry = (constructPath: string) => ({ ruleId: 'trust-without-subject', constructPath, reason: 'a test' });
    const success = (constructPath: string) => new PodAccessPlugin({ acknowledged: [entry('Stack/OfopenRole'), entry(constructPath)] }).validate({ templatePaths: paths }).success;
    expect([success('Stack/OfclosedRole'), success('Stack/Other')]).toEqual([true, false]);
  });
});

// as some versions of aws-cdk-lib do, up to 2.268
describe('if the CDK asks for each account and Region', () => {
  const paths = templatesOf((app) => {
    ['eu-west-1', 'us-west-2'].forEach((region) => closedRole(new Stack(app, `Closed-${region}`, { env: { account: '111122223333', region } })));
    openRole(new Stack(app, 'Open', { env: { account: '111122223333', region: 'eu-north-1' } }));
    openRole(new Stack(new Stage(new Construct(app, 'Stages'), 'Dev'), 'Stack'));
    closedRole(new Stack(new Stage(app.node.findChild('Stages') as Construct, 'Prod'), 'Stack'));
  });
  const eachAlone = (constructPath: string) => paths.flatMap((path) => rulesOf([path], constructPath));

  test('an entry that accepts a violation elsewhere is used', () => {
    expect(eachAlone('Open')).toEqual([]);
    expect(eachAlone('Stages')).toEqual([]);
  });

  test('an entry that accepts nothing is reported once', () => {
    expect(eachAlone('Closed-us-west-2')).toEqual([UNUSED]);
    expect(eachAlone('Stages/Prod')).toEqual([UNUSED]);
  });
});

describe('constructs without violations that are there all the same', () => {
  test('in nested stacks, also if their paths are not in the templates', () => {
    for (const metadata of [true, false]) {
      const paths = templatesOf((app) => ['One', 'Two'].forEach((id) => closedRole(new NestedStack(new Stack(app, `Stack${id}`), id))), metadata);
      expect(rulesOf(paths, 'StackOne/One', 'StackTwo/Two/Closed')).toEqual([UNUSED, UNUSED]);
    }
  });

  test('by template and logical ID', () => {
    const paths = templatesOf((app) => closedRole(new Stack(new Stage(app, 'Prod'), 'Stack')), false);
    const [folder, template] = [dirname(paths[0]), basename(paths[0])];
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { Stack: { type: 'aws:cloudformation:stack', properties: { templateFile: template } } } }));
    expect(saidOf(paths, template).map(({ rule, at }) => [rule, at])).toEqual([[UNUSED, 'Closed']]);
    expect(rulesOf(paths, 'Other.template.json')).toEqual([MISPLACED]);
  });
});

describe('nothing is said', () => {
  const stages = () => templatesOf((app) => ['Dev', 'Prod'].forEach((id) => closedRole(new Stack(new Stage(app, id), 'Stack'))));

  test('about templates that cannot be read', () => {
    const paths = stages();
    paths.forEach((path) => writeFileSync(join(dirname(path), 'manifest.json'), '{'));
    expect(rulesOf(paths, 'Prod', 'Other')).toEqual([]);
  });

  test('if another stage cannot be read', () => {
    const [dev, prod] = stages();
    rmSync(prod);
    expect(rulesOf([dev], 'Dev', 'Other')).toEqual([]);
  });

  test('about an app without stacks', () => {
    expect(rulesOf([], 'Other')).toEqual([]);
  });
});
