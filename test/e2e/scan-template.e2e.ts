import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { scanner } from './scanners';
import { startLocalAws } from './start-local-aws';
import { IrsaTestStack } from '../../bin/irsa-test-stack';
import { context } from '../../cdk.json';
import { main } from '../../lib/cli/command-line';
import { run } from '../../local-aws/commands';
import { localEnvironment } from '../../local-aws/environment';
import { LocalAws } from '../../local-aws/local-aws';

const CONTEXT = {
  ...context,
  '@aws-cdk/aws-ec2:restrictDefaultSecurityGroup': false, // cfn-policy-validator does not know the attribute DefaultSecurityGroup of a VPC
};
const TEMPLATE = 'IrsaTestStack.template.json';
let aws: LocalAws;
let original: string;
let copy: string;

beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  // with AWS::CDK::Metadata, as the CDK CLI has it: cfn-lint allows literal Availability Zones in templates of the CDK
  const app = new App({ context: CONTEXT, analyticsReporting: true, outdir: mkdtempSync(join(aws.folder, 'cdk.out-')) });
  new IrsaTestStack(app, 'IrsaTestStack', { env: { region: 'us-west-2' } });
  original = app.synth().directory;
  copy = join(aws.folder, 'copy');
  expect(main(['scannable-templates', original, copy], { out: () => {}, err: () => {} })).toBe(0);
});
afterAll(() => aws.stop());

/** The policies that cfn-policy-validator finds in a template. It asks STS first. */
const policiesIn = async (folder: string) => run(await scanner('cfn-policy-validator'), ['parse', '--template-path', join(folder, TEMPLATE), '--region', 'us-west-2'],
  { env: { ...localEnvironment(), ...aws.environment } });

test('cfn-policy-validator does not read the template as it is', async () => {
  const { code, output } = await policiesIn(original);
  expect(code).not.toBe(0);
  expect(output).toContain('is not of type \'object\'');
});

test('cfn-policy-validator reads the copy, and in it the trust policy as IAM gets it', async () => {
  const { code, output } = await policiesIn(copy);
  expect([code, output]).toEqual([0, expect.stringContaining(':sub": "system:serviceaccount:default:s3-reader-sa"')]);
});

test('cfn-lint finds nothing in either', async () => {
  for (const folder of [original, copy]) {
    expect(await run(await scanner('cfn-lint'), ['--ignore-checks', 'W3005', '--', join(folder, TEMPLATE)], { env: localEnvironment() })).toEqual({ code: 0, output: '' });
  }
});
