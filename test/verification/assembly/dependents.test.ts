import { dependentsOf } from '../../../lib/verification/private/assembly/dependents';

const dependents = (Properties: unknown, DependsOn?: unknown) => [...dependentsOf({ First: {}, Then: { Properties, DependsOn }, Last: { DependsOn: 'Then' } }, 'First')];

test.each<[string, unknown, unknown?]>([
  ['that depends on it', {}, 'First'],
  ['that depends on several', {}, ['Other', 'First']],
  ['with Ref', { A: [{ B: { Ref: 'First' } }] }],
  ['with Fn::GetAtt', { A: { 'Fn::GetAtt': ['First', 'Arn'] } }],
  ['with Fn::GetAtt as a text', { A: { 'Fn::GetAtt': 'First.Arn' } }],
  ['with Fn::Sub', { A: { 'Fn::Sub': 'x-${First}' } }],
  ['with an attribute in Fn::Sub', { A: { 'Fn::Sub': ['x-${First.Arn}', {}] } }],
  ['with a variable of Fn::Sub', { A: { 'Fn::Sub': ['${X}', { X: { Ref: 'First' } }] } }],
])('a resource %s comes after it, and what depends on this one', (_, properties, dependsOn = undefined) => {
  expect(dependents(properties, dependsOn)).toEqual(['Then', 'Last']);
});

test.each<[string, unknown]>([
  ['another name', { A: { Ref: 'FirstOne' } }],
  ['a condition', { A: { 'Fn::If': ['IsProd', { Ref: 'First' }, 'x'] } }],
  ['a variable that only has its name', { A: { 'Fn::Sub': ['${First}', { First: 'x' }] } }],
  ['a literal', { A: { 'Fn::Sub': '${!First}' } }],
  ['nothing', undefined],
])('a resource with %s may come before it', (_, properties) => {
  expect(dependents(properties)).toEqual([]);
});

test('what comes after a resource that may not exist may come before', () => {
  expect([...dependentsOf({ First: {}, Then: { Condition: 'IsProd', DependsOn: 'First' }, Last: { DependsOn: 'Then' } }, 'First')]).toEqual(['Then']);
});
