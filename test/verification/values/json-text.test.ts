import * as fc from 'fast-check';
import { IN_POLICY, IN_QUOTES } from '../../../lib/private/escapes';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';
import { parseJson } from '../../../lib/verification/private/values/json-text';
import { replaced } from '../../../lib/verification/private/values/replaced';
import { Text } from '../../../lib/verification/private/values/text';
import { unescapedInPolicy } from '../../../lib/verification/private/values/unescaped';
import { Unknown } from '../../../lib/verification/private/values/unknown';
import { shown } from '../resolution/shown';

const host = new Unknown('host', { label: 'Host', excludes: '"\\:' });
const parameter = new Unknown('parameter', { label: 'Title' });
const text = (...parts: Array<string | Unknown>) => Text.join(parts.map((part) => (typeof part === 'string' ? Text.of(part) : Text.unknown(part))));
const parsed = (...parts: Array<string | Unknown>): any => {
  const result = parseJson(text(...parts));
  return 'problem' in result ? result.problem : shown(result.value);
};

/** Numbers, booleans and null as texts of a template are. */
function asResolved(value: any): any {
  if (Array.isArray(value)) {
    return value.map(asResolved);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asResolved(item)]));
  }
  return value === null ? null : String(value);
}

test('JSON without unknown parts is parsed as by JSON.parse', () => {
  fc.assert(fc.property(fc.json(), fc.constantFrom(0, 2), (json, spaces) => {
    const value = JSON.parse(json);
    expect(JSON.stringify(parsed(JSON.stringify(value, null, spaces)))).toBe(JSON.stringify(asResolved(value)));
  }), { numRuns: 500 });
});

test('what JSON.parse refuses is a problem', () => {
  const mutilated = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '\\', ',', '}', 'x', '\n')).map(([json, at, inserted]) => {
    const i = at % (json.length + 1);
    return json.slice(0, i) + inserted + json.slice(i + 1);
  });
  fc.assert(fc.property(mutilated, (json) => {
    let isJson = true;
    try {
      JSON.parse(json);
    } catch {
      isJson = false;
    }
    const result = parseJson(Text.of(json));
    if (!isJson) {
      expect(result).toHaveProperty('problem');
    } else if ('problem' in result) {
      expect(result.problem).toMatch(/twice/);
    }
  }), { numRuns: 1000 });
});

test('keys and values may have unknown parts that cannot end a string', () => {
  expect(parsed('{"', host, ':sub": ["a', host, '"]}')).toEqual({ '${Host}:sub': ['a${Host}'] });
});

test('private-use characters in the text, or escaped, are ordinary characters', () => {
  expect(parsed('{"\uE000a\\uE000', host, '\uE001": "\uE0000\uE001"}')).toEqual({ '\uE000a\uE000${Host}\uE001': '\uE0000\uE001' });
});

test.each([
  [['{"a":"', parameter, '"}'], 'has ${Title} in a string, which may contain quotes or backslashes, so what it says is unknown'],
  [['{"a":', parameter, '}'], 'has ${Title} outside of a string, so what it says is unknown'],
  [[parameter], 'has ${Title} outside of a string, so what it says is unknown'],
  [['{"a":1}', host], 'has ${Host} outside of a string, so what it says is unknown'],
  [['{"a":"\\', host, '"}'], 'is not JSON at character 7'],
  [['{"a":"\\u00', host, '"}'], 'is not JSON at character 7'],
  [['{"a":1,"a":2}'], 'has the key a twice'],
  [['{"a":1,"\\u0061":2}'], 'has the key a twice'],
  [['{"', host, '":1,"', host, '":2}'], 'has the key ${Host} twice'],
  [['{"', host, '":1,"oidc":2}'], 'has the keys ${Host} and oidc, which may be the same'],
  [['{"a":1'], 'is not JSON at character 7'],
  [['{"a":1}}'], 'is not JSON at character 8'],
  [["{'a':1}"], 'is not JSON at character 2'],
  [[''], 'is not JSON at character 1'],
  [['['.repeat(100000)], 'is nested more than 200 levels deep'],
])('case %# is a problem', (parts, problem) => {
  expect(parsed(...parts)).toBe(problem);
});

test('a policy of 1 MB is parsed', () => {
  const statement = `{"Effect":"Allow","Action":["s3:GetObject"],"Resource":"arn:aws:s3:::${'x'.repeat(100)}"}`;
  expect(parsed(`{"Statement":[${Array(6500).fill(statement).join(',')}],"Issuer":"`, host, '"}').Statement).toHaveLength(6500);
});

/** As a template escapes them: one character after the other. */
const escaped = (escapes: typeof IN_QUOTES) =>
  escapes.reduce((sofar, [character, written]) => replaced(sofar, character, written), Text.unknown(parameter));

test('a value that CloudFormation escapes stays the value', () => {
  const result = parseJson(Text.join([Text.of('{"a":"'), escaped(IN_QUOTES), Text.of('"}')])) as any;
  expect(result.value.get('a').key).toBe(Text.unknown(parameter).key);
});

test('a value whose dollar signs are escaped for IAM is another value', () => {
  const result = parseJson(Text.join([Text.of('{"a":"'), escaped(IN_POLICY), Text.of('"}')])) as any;
  expect(result.value.get('a').key).not.toBe(Text.unknown(parameter).key);
  expect(result.value.get('a').toString()).toBe('${Title}');
});

test.each([
  ['quotes only', [['"', '\\"']]],
  ['backslashes only', [['\\', '\\\\']]],
  ['quotes before backslashes', [['"', '\\"'], ['\\', '\\\\']]],
  ['quotes by quotes', [['\\', '\\\\'], ['"', '""']]],
] as const)('a value in which a template escapes %s is unknown', (_, escapes) => {
  expect(parseJson(Text.join([Text.of('{"a":"'), escaped(escapes), Text.of('"}')]))).toEqual({ problem: 'has ${Title} in a string, which may contain quotes or backslashes, so what it says is unknown' });
});

describe('a trust policy that is a string', () => {
  const trust = (subject: string) => `{"Statement":[{"Condition":{"StringEquals":{"\${Issuer}:sub":"system:serviceaccount:${subject}"}}}]}`;
  const resolved = (namespace: unknown) => {
    const resolver = new Resolver(Assembly.fromTemplates({
      app: {
        Parameters: { Namespace: { Type: 'String' }, Name: { Type: 'String', AllowedPattern: '^[a-z0-9-]+$' } },
        Resources: { Cluster: { Type: 'AWS::EKS::Cluster' } },
      },
    }));
    const issuer = { 'Fn::Select': [1, { 'Fn::Split': ['https://', { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }] }] };
    const result = parseJson(resolver.resolve(resolver.assembly.templates[0], { 'Fn::Sub': [trust('${Subject}'), { Issuer: issuer, Subject: namespace }] }) as Text);
    return 'problem' in result ? result.problem : shown(result.value).Statement[0].Condition.StringEquals;
  };

  test('is unknown if a parameter is pasted into it, because the value could contain a quote', () => {
    const advice = "to state its value, assume parameters: { Namespace: '…' }";
    expect(resolved({ Ref: 'Namespace' })).toBe(`has \${Namespace} in a string, which may contain quotes or backslashes, so what it says is unknown: ${advice}`);
  });

  test('is unknown if an attribute is pasted into it, which can be assumed', () => {
    expect(resolved({ 'Fn::GetAtt': ['Cluster', 'Other'] })).toMatch(/: to state its value, assume attributes: \{ 'Cluster\.Other': '…' \}$/);
  });

  test('is known if the parameter has no quotes', () => {
    expect(resolved({ Ref: 'Name' })).toEqual({ '${Cluster.IssuerHost}/id/${Cluster.IssuerId}:sub': 'system:serviceaccount:${Name}' });
  });

  test('is known if CloudFormation escapes the parameter', () => {
    const namespace = IN_POLICY.reduce<unknown>((value, [character, written]) => ({ 'Fn::Join': [written, { 'Fn::Split': [character, value] }] }), { Ref: 'Namespace' });
    expect(resolved(namespace)).toEqual({ '${Cluster.IssuerHost}/id/${Cluster.IssuerId}:sub': 'system:serviceaccount:${Namespace}' });
  });
});

test('what IAM variables escape in a string is read as the variables', () => {
  const result = parseJson(Text.join([Text.of('"'), escaped(IN_POLICY), Text.of('"')])) as { readonly value: Text };
  const [part] = result.value.unknowns;
  expect(unescapedInPolicy(part)).toBe(parameter);
});
