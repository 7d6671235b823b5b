import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';
import { Text } from '../../../lib/verification/private/values/text';
import { writeAssembly } from '../assemblies';

const ACCOUNT = '111122223333';

/** The value of an output in eu-west-1 that refers to a bucket in us-east-1. */
function resolved(directory: string, output: string): Text {
  const assembly = Assembly.fromDirectory(directory);
  const reading = assembly.templates.find(({ body }) => output in body.Outputs)!;
  return new Resolver(assembly).resolve(reading, reading.body.Outputs[output].Value) as Text;
}

test('a reference of aws-cdk to a resource in another Region has the value of the resource', () => {
  const app = new App();
  const stack = (id: string, region: string) => new Stack(app, id, { env: { account: ACCOUNT, region }, crossRegionReferences: true });
  const bucket = new CfnBucket(stack('Us', 'us-east-1'), 'Bucket', { bucketName: 'reports' });
  new CfnOutput(stack('Eu', 'eu-west-1'), 'Arn', { value: `${bucket.attrArn}/*` });
  expect(resolved(app.synth().directory, 'Arn').literal).toBe('arn:aws:s3:::reports/*');
});

const NAME = '/cdk/exports/Eu/BucketArn';
const writer = (region: string, more: object = {}) =>
  ({ Type: 'Custom::CrossRegionExportWriter', Properties: { WriterProps: { region, exports: { [NAME]: 'arn:aws:s3:::named' } } }, ...more });
const reader = (attribute = NAME) => ({
  Resources: { Reader: { Type: 'Custom::CrossRegionExportReader', Properties: { ReaderProps: { region: 'eu-west-1', imports: { [attribute]: `{{resolve:ssm:${attribute}}}` } } } } },
  Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Reader', attribute] } } },
});
const never = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
const EU = `aws://${ACCOUNT}/eu-west-1`;
const US = `aws://${ACCOUNT}/us-east-1`;
const from = (...resources: object[]) => ({ environment: US, template: { ...never, Resources: Object.fromEntries(resources.map((resource, i) => [`Writer${i}`, resource])) } });

test.each<[string, object, string | undefined]>([
  ['to this Region', { Us: from(writer('eu-west-1')) }, 'arn:aws:s3:::named'],
  ['to another Region', { Us: from(writer('eu-central-1')) }, undefined],
  ['under a condition that does not hold', { Us: from(writer('eu-west-1', { Condition: 'Never' })) }, undefined],
  ['from another account', { Us: { ...from(writer('eu-west-1')), environment: 'aws://444455556666/us-east-1' } }, undefined],
  ['twice', { Us: from(writer('eu-west-1'), writer('eu-west-1')) }, undefined],
  ['not at all', {}, undefined],
])('a value that is written %s', (_, stacks, expected) => {
  expect(resolved(writeAssembly({ ...stacks, Eu: { environment: EU, template: reader() } }), 'Arn').literal).toBe(expected);
});
