import { hasPath, leavesOf, pointerTo, valueAt, withoutPath, withPath } from '../../../../lib/kubernetes/function/fields/managed-fields';

const tree = {
  'f:metadata': { 'f:annotations': { '.': {}, 'f:example.com/a': {} } },
  'f:spec': {
    'f:containers': { 'k:{"name":"main"}': { '.': {}, 'f:image': {}, 'f:args': {} } },
    'f:finalizers': { '.': {}, 'v:"x"': {} },
  },
};
const object = {
  metadata: { annotations: { 'example.com/a': '1' } },
  spec: { containers: [{ name: 'other', image: 'o' }, { name: 'main', image: 'm', args: ['a', 'b'] }], finalizers: ['x'] },
};
const [ANNOTATION, IMAGE, ARGS] = leavesOf(tree);

test('the leaves of managed fields are the fields that have a value', () => {
  expect(leavesOf(tree)).toEqual([
    ['f:metadata', 'f:annotations', 'f:example.com/a'],
    ['f:spec', 'f:containers', 'k:{"name":"main"}', 'f:image'],
    ['f:spec', 'f:containers', 'k:{"name":"main"}', 'f:args'],
  ]);
});

test('a path leads to its value, through list items that are identified by keys', () => {
  expect([ANNOTATION, IMAGE, ARGS].map((path) => valueAt(object, path))).toEqual(['1', 'm', ['a', 'b']]);
  expect([['f:data', 'f:x'], ['f:spec', 'f:containers', 'k:{"name":"none"}', 'f:image'], ['f:metadata', 'f:toString']].map((path) => valueAt(object, path))).toEqual([undefined, undefined, undefined]);
});

test('a list item that does not set a key is found by the default value, if no other item has that value', () => {
  const at = (protocol: string, ...ports: object[]) => valueAt({ ports }, ['f:ports', `k:{"port":53,"protocol":"${protocol}"}`, 'f:name']);
  expect(at('TCP', { port: 53, protocol: 'UDP', name: 'udp' }, { port: 53, name: 'tcp' })).toBe('tcp');
  expect(at('UDP', { port: 53, name: 'tcp' }, { port: 53, protocol: 'UDP', name: 'udp' })).toBe('udp');
  expect(at('TCP', { port: 80, name: 'http' })).toBeUndefined();
});

test('a pointer leads to a value, or to the place where it would be', () => {
  expect([ANNOTATION, IMAGE].map((path) => pointerTo(object, path))).toEqual(['/metadata/annotations/example.com~1a', '/spec/containers/1/image']);
  expect(pointerTo(object, ['f:metadata', 'f:annotations', 'f:new'])).toBe('/metadata/annotations/new');
  expect(pointerTo(object, ['f:metadata', 'f:labels', 'f:new'])).toBeUndefined();
});

test('a path can be removed from a tree, together with nodes that become empty', () => {
  expect(withoutPath(tree, ANNOTATION)).toEqual({ 'f:metadata': { 'f:annotations': { '.': {} } }, 'f:spec': tree['f:spec'] });
  expect(withoutPath({ 'f:data': { 'f:x': {} }, 'f:type': {} }, ['f:data', 'f:x'])).toEqual({ 'f:type': {} });
  expect(withoutPath(tree, ['f:data', 'f:x'])).toEqual(tree);
});

test('a path can be added to a tree, and is found in it', () => {
  expect(hasPath({}, IMAGE)).toBe(false);
  expect(hasPath(withPath(tree, ['f:data', 'f:x']), ['f:data', 'f:x'])).toBe(true);
  expect(withPath(tree, IMAGE)).toEqual(tree);
});
