import { changeStack } from './change-sets';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await aws.control({ do: 'start_cluster', name: 'record' });
  const put = (name: string, value: string, type = 'String') => aws.ask('ssm', 'put-parameter', '--name', name, '--type', type, '--value', value, '--overwrite');
  await put('/team/greeting', 'hello');
  await put('/team/greeting', '"hello" again');
  await put('nested', '{{resolve:ssm:/team/greeting}} ${AWS::Region}');
  await put('secure', 'secret', 'SecureString');
  await aws.ask('secretsmanager', 'create-secret', '--name', 'login', '--secret-string', '{"user":"me","{{":"odd"}');
});
afterAll(() => aws?.stop());

/** A stack with parameters that applies a ConfigMap with this data. */
const template = (data: object) => ({
  Parameters: { Reference: { Type: 'String', Default: '{{resolve:ssm:nested}}' }, Open: { Type: 'String', Default: '{' } },
  Resources: {
    Objects: {
      Type: 'Custom::KubernetesObjects',
      Properties: {
        ServiceToken: 'any',
        Cluster: 'cluster/record',
        Objects: [{
          Json: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: {} }),
          Values: Object.entries(data).map(([Key, Value]) => ({ Path: '/data', Key, Value })),
        }],
      },
    },
  },
});

const REPEATED = '"hello" again';

test('dynamic references are resolved once, after intrinsic functions', async () => {
  const table = {
    plain: ['<{{resolve:ssm:/team/greeting}}>', `<${REPEATED}>`],
    version: ['{{resolve:ssm:/team/greeting:1}}', 'hello'],
    two: ['{{resolve:ssm:/team/greeting:1}}{{resolve:ssm:/team/greeting:2}}', `hello${REPEATED}`],
    once: ['{{resolve:ssm:nested}}', '{{resolve:ssm:/team/greeting}} ${AWS::Region}'],
    parameter: [{ Ref: 'Reference' }, '{{resolve:ssm:/team/greeting}} ${AWS::Region}'],
    assembled: [{ 'Fn::Join': ['', [{ Ref: 'Open' }, '{resolve:', 'ssm:/team/greeting', '}}']] }, REPEATED],
    substituted: [{ 'Fn::Sub': '${Open}${Open}resolve:ssm:/team/greeting}}' }, REPEATED],
    braced: ['{{{resolve:ssm:/team/greeting}}}', `{${REPEATED}}`],
    list: [['{{resolve:ssm:/team/greeting}}', 'b'], [REPEATED, 'b']],
    encoded: [{ 'Fn::Base64': { Ref: 'Reference' } }, Buffer.from('{{resolve:ssm:nested}}').toString('base64')],
    escaped: ['\\u007b{resolve:ssm:nested}}', '\\u007b{resolve:ssm:nested}}'],
    open: ['{{resolve:ssm:nested}', '{{resolve:ssm:nested}'],
    other: ['{{ resolve:ssm:nested}} {{.Values}}', '{{ resolve:ssm:nested}} {{.Values}}'],
    secret: ['{{resolve:secretsmanager:login}}', '{"user":"me","{{":"odd"}'],
    key: ['{{resolve:secretsmanager:login:SecretString:user}}', 'me'],
    stage: ['{{resolve:secretsmanager:login:SecretString:user:AWSCURRENT:}}', 'me'],
  };
  expect(await changeStack(aws, 'references', template(Object.fromEntries(Object.entries(table).map(([key, [value]]) => [key, value]))))).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
  const { data } = await aws.control({ do: 'recorded_object', cluster: 'record', kind: 'ConfigMap', namespace: 'default', name: 'config' });
  expect(data).toEqual(Object.fromEntries(Object.entries(table).map(([key, [, expected]]) => [key, expected])));
});

test.each([
  ['a parameter that does not exist', 'ssm:nowhere'],
  ['a version that does not exist', 'ssm:nested:7'],
  ['a version that is not a number', 'ssm:nested:latest'],
  ['a secure string with ssm', 'ssm:secure'],
  ['a secure string with ssm-secure', 'ssm-secure:secure:1'],
  ['a secret that does not exist', 'secretsmanager:nowhere'],
  ['a key that a secret does not have', 'secretsmanager:login:SecretString:password'],
  ['an unknown service', 'nobody:knows'],
])('a reference to %s fails the stack', async (title, reference) => {
  expect(await changeStack(aws, title.replace(/\W+/g, '-'), template({ key: `{{resolve:${reference}}}` }))).toMatchObject({
    status: 'ROLLBACK_COMPLETE', failures: [`CREATE_FAILED Objects: Could not resolve the dynamic reference {{resolve:${reference}}}`],
  });
});
