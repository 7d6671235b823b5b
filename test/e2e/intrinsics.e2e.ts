import { changeStack } from './change-sets';
import { startLocalAws } from './start-local-aws';
import { outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
});
afterAll(() => aws?.stop());

const REGION = 'us-west-2';
const BUCKET = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'intrinsics' } };
const DATABASE = { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', DBInstanceClass: 'db.t3.micro', AllocatedStorage: '20' } };
const NO_VALUE = { Ref: 'AWS::NoValue' };

/** Values that break out of text, or that would change if they were resolved twice. */
const HOSTILE = {
  Empty: '',
  Breakout: 'x"},"data":null,"kind":"ClusterRoleBinding","x":{"y":"',
  Quotes: '"\\"\'\\\\"\\',
  Lines: 'a\nb\r\nc\rd\te',
  Variables: '${AWS::Region}$$${!Literal}${Breakout}${Bucket.Arn}$',
  Braces: '{{{resolve:ssm:x}}{{resolve:ssm-secure:y:1}}{',
  Unicode: 'é\u2028\u0085😀',
  Intrinsic: '{"Ref":"AWS::Region"}',
};

const replaceAll = (from: string, to: string, text: object) => ({ 'Fn::Join': [to, { 'Fn::Split': [from, text] }] });
const asJson = (text: object) => replaceAll('\t', '\\t', replaceAll('\r', '\\r', replaceAll('\n', '\\n', replaceAll('"', '\\"', replaceAll('\\', '\\\\', text)))));
const escaped = (text: string) => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t');

const TABLE: [string, object, string][] = [
  ...Object.entries(HOSTILE).flatMap(([name, value]): [string, object, string][] => [
    [`Ref of ${name}`, { Ref: name }, value],
    [`Fn::Sub of ${name}`, { 'Fn::Sub': `$\${${name}}$` }, `$${value}$`],
    [`Fn::Sub of ${name} as a variable`, { 'Fn::Sub': ['"${Value}" in ${AWS::Region}', { Value: { Ref: name } }] }, `"${value}" in ${REGION}`],
    [`an escape of ${name}`, { 'Fn::Sub': ['"${Value}"', { Value: asJson({ Ref: name }) }] }, `"${escaped(value)}"`],
    [`Fn::Join of ${name}`, { 'Fn::Join': [value, ['a', { Ref: name }, 'b']] }, ['a', value, 'b'].join(value)],
    ...(value ? [[`Fn::Split by ${name}`, { 'Fn::Join': ['|', { 'Fn::Split': [value, `a${value}b`] }] }, 'a|b']] as [string, object, string][] : []),
  ]),
  ['a variable that has the name of a resource', { 'Fn::Sub': ['${Bucket}', { Bucket: 'mine' }] }, 'mine'],
  ['variables in variables', { 'Fn::Sub': ['${A}${B}', { A: '${B}', B: '${A}' }] }, '${B}${A}'],
  ['a literal', { 'Fn::Sub': '${!Bucket} ${!$} ${!!x} ${Bucket}' }, '${Bucket} ${$} ${!x} intrinsics'],
  ['dollars', { 'Fn::Sub': ['$$ $ {Bucket} $${Bucket}', { A: 'a' }] }, '$$ $ {Bucket} $intrinsics'],
  ['pseudo parameters', { 'Fn::Sub': '${AWS::Partition}/${AWS::Region}/${AWS::AccountId}/${AWS::URLSuffix}/${AWS::StackName}' }, `aws/${REGION}/123456789012/amazonaws.com/intrinsics`],
  ['an attribute', { 'Fn::Sub': '${Bucket.Arn}' }, 'arn:aws:s3:::intrinsics'],
  ['an attribute with a dot', { 'Fn::Sub': '${Database.Endpoint.Port}' }, '3306'],
  ['an attribute that a parameter names', { 'Fn::GetAtt': ['Bucket', { Ref: 'Attribute' }] }, 'arn:aws:s3:::intrinsics'],
  ['a number as it was given', { 'Fn::Sub': '${Number}|${Default}' }, '007.10|5'],
  ['a list, whose elements are trimmed', { 'Fn::Join': ['|', { Ref: 'List' }] }, 'a|b c||d'],
  ['an element of a list', { 'Fn::Select': ['1', { Ref: 'List' }] }, 'b c'],
  ['an element at an index that a parameter has', { 'Fn::Select': [{ Ref: 'Default' }, ['0', '1', '2', '3', '4', 'five']] }, 'five'],
  ['scalars in Fn::Join', { 'Fn::Join': [',', [1, true, false, 1.5, 'x']] }, '1,true,false,1.5,x'],
  ['AWS::NoValue in a list', { 'Fn::Join': [',', ['a', NO_VALUE, { 'Fn::If': ['No', 'b', NO_VALUE] }, 'c']] }, 'a,c'],
  ['a list as a branch', { 'Fn::Join': [',', { 'Fn::If': ['Yes', ['a', { Ref: 'Bucket' }], 'b'] }] }, 'a,intrinsics'],
  ['a branch that is not taken', { 'Fn::If': ['No', { Ref: 'Nobody' }, 'other'] }, 'other'],
  ['conditions of conditions', { 'Fn::If': ['Both', 'both', 'not both'] }, 'both'],
  ['a mapping', { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, { 'Fn::Select': [0, { 'Fn::FindInMap': ['Map', 'Keys', 'All'] }] }] }, 'mapped'],
  ['Fn::Base64', { 'Fn::Base64': { 'Fn::Sub': 'é${AWS::Region}' } }, Buffer.from(`é${REGION}`).toString('base64')],
  ['an export', { 'Fn::ImportValue': { 'Fn::Sub': '${Exporter}:hostile' } }, HOSTILE.Variables],
  ['an availability zone', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, `${REGION}a`],
];

const outputName = (index: number) => `Output${index}`;
const parameter = { Type: 'String' };

test('intrinsic functions return what CloudFormation documents', async () => {
  await changeStack(aws, 'exporter', { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } }, Outputs: { Hostile: { Value: { 'Fn::Join': ['', [HOSTILE.Variables]] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:hostile' } } } } });
  const state = await changeStack(aws, 'intrinsics', {
    Parameters: {
      ...Object.fromEntries(Object.keys(HOSTILE).map((key) => [key, parameter])),
      Exporter: parameter,
      Attribute: { Type: 'String', Default: 'Arn' },
      Number: { Type: 'Number' },
      Default: { Type: 'Number', Default: 5 },
      List: { Type: 'CommaDelimitedList', Default: 'x' },
    },
    Mappings: { Map: { [REGION]: { key: 'mapped' }, Keys: { All: ['key', 'other'] } } },
    Conditions: {
      Yes: { 'Fn::Equals': [{ Ref: 'Empty' }, ''] },
      No: { 'Fn::Not': [{ Condition: 'Yes' }] },
      Both: { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': [{ Ref: 'Default' }, 5] }] }] },
    },
    Resources: { Bucket: BUCKET, Database: DATABASE, Skipped: { ...BUCKET, Condition: 'No' } },
    Outputs: {
      ...Object.fromEntries(TABLE.map(([, expression], index) => [outputName(index), { Value: { 'Fn::Base64': expression } }])),
      Skipped: { Condition: 'No', Value: { Ref: 'Skipped' } },
    },
  }, { parameters: { ...HOSTILE, Exporter: 'exporter', Number: '007.10', List: 'a, b c ,,d' } });
  expect(state).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
  const { Skipped, ...outputs } = await outputsOf(aws, 'intrinsics');
  expect(Skipped).toBeUndefined();
  const returned = TABLE.map(([title], index) => [title, Buffer.from(outputs[outputName(index)], 'base64').toString()]);
  expect(Object.fromEntries(returned)).toEqual(Object.fromEntries(TABLE.map(([title, , expected]) => [title, expected])));
});

const NAMES = 'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons';

test.each<[string, unknown, string]>([
  ['an unknown name in Fn::Sub', { 'Fn::Sub': 'x ${Nobody}' }, 'Template format error: Unresolved resource dependencies [Nobody] in the template'],
  ['an unknown resource in Fn::GetAtt', { 'Fn::GetAtt': ['Nobody', 'Arn'] }, 'Template format error: Unresolved resource dependencies [Nobody] in the template'],
  ['an attribute that does not exist', { 'Fn::Sub': '${Bucket.Nothing}' }, 'Template error: resource Bucket does not support attribute type Nothing in Fn::GetAtt'],
  ['a name with a space in Fn::Sub', { 'Fn::Sub': '${A name}' }, NAMES],
  ['no name in Fn::Sub', { 'Fn::Sub': '${}' }, NAMES],
  ['an unclosed ${ in Fn::Sub', { 'Fn::Sub': 'x ${Bucket' }, 'the local AWS does not support an unclosed ${ in Fn::Sub'],
  ['a list in Fn::Sub', { 'Fn::Sub': ['${List}', { List: { 'Fn::Split': [',', 'a,b'] } }] }, 'Template error: every Fn::Sub value must be a string, not a list, a map, or AWS::NoValue'],
  ['AWS::NoValue in Fn::Sub', { 'Fn::Sub': ['${A}', { A: NO_VALUE }] }, 'Template error: every Fn::Sub value must be a string, not a list, a map, or AWS::NoValue'],
  ['a map in Fn::Join', { 'Fn::Join': ['', [{ a: 'b' }]] }, 'Template error: every Fn::Join value must be a string, not a list, a map, or AWS::NoValue'],
  ['an element that does not exist', { 'Fn::Select': [2, ['a', 'b']] }, 'Template error: Fn::Select cannot select nonexistent value at index 2'],
  ['an export that does not exist', { 'Fn::ImportValue': 'nobody' }, 'No export named nobody found.'],
  ['a mapping that does not exist', { 'Fn::FindInMap': ['Nobody', 'a', 'b'] }, 'Template error: Unable to get mapping for Nobody'],
  ['a condition that does not exist', { 'Fn::If': ['Nobody', 'a', 'b'] }, 'Template format error: Unresolved condition Nobody'],
  ['an unknown function', { 'Fn::Nobody': 'knows' }, 'the local AWS does not support the function Fn::Nobody'],
  ['a function with other keys in the same map', { 'Fn::Sub': 'x', 'other': 'y' }, 'Template error: Fn::Sub must be the only key of its map'],
  ['null', null, 'Template format error: null values are not allowed in templates'],
])('a stack with %s fails', async (title, expression, message) => {
  const stack = `refused-${title.replace(/\W+/g, '-')}`;
  const state = await changeStack(aws, stack, { Resources: { Bucket: { Type: 'AWS::S3::Bucket' }, Refused: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: expression } } } });
  expect(state).toMatchObject({ status: 'ROLLBACK_COMPLETE', failures: [`CREATE_FAILED Refused: ${message}`] });
});

test.each([
  ['is not a string', 'list', { 'Fn::Split': [',', 'a,b'] }, 'every Output Refused value must be a string, not a list, a map, or AWS::NoValue'],
  ['selects an element that does not exist', 'element', { 'Fn::Select': [1, { 'Fn::Split': ['<other>', { 'Fn::Join': ['', ['<', { Ref: 'Bucket' }, '>']] }] }] },
    'Fn::Select cannot select nonexistent value at index 1'],
])('a stack with an output that %s fails and rolls back', async (_, name, Value, reason) => {
  const stack = `refused-output-${name}`;
  const state = await changeStack(aws, stack, { Resources: { Bucket: { ...BUCKET, Properties: { BucketName: 'undone' } } }, Outputs: { Refused: { Value } } });
  expect(state).toEqual({ status: 'ROLLBACK_COMPLETE', failures: [`CREATE_FAILED ${stack}: Template error: ${reason}`] });
  expect(await aws.ask('s3api', 'list-buckets', '--query', 'Buckets[].Name')).not.toContain('undone');
});
