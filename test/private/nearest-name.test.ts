import { nearestName } from '../../lib/private/nearest-name';

const KNOWN = ['maxPods', 'max-open-files', 'imageMinimumGCAge', 'dns', 'aws'];

test.each<[string, string | undefined, number | undefined]>([
  ['maxPods', 'maxPods', 0],
  ['max-pods', 'maxPods', 0],
  ['MAXPODS', 'maxPods', 0],
  ['maxOpenFiles', 'max-open-files', 0],
  ['maxPod', 'maxPods', 1],
  ['maxxPods', 'maxPods', 1],
  ['maxPots', 'maxPods', 1],
  ['maxPdos', 'maxPods', 1],
  ['maxPosd', 'maxPods', 1],
  ['imageMaximumGCAge', 'imageMinimumGCAge', 2],
  ['imgMinimumGCAge', 'imageMinimumGCAge', 2],
  ['dn', 'dns', 1],
  ['ecs', undefined, undefined],
  ['a', undefined, undefined],
  ['', undefined, undefined],
  ['minPodsAndNodes', undefined, undefined],
  ['constructor', undefined, undefined],
])('the nearest name to %j is %j', (name, nearest, errors) => {
  expect(nearestName(name, KNOWN)).toEqual(nearest && { name: nearest, errors });
});

test('a long name is not compared with short ones', () => {
  const step = jest.spyOn(Math, 'min'); // which each step of a comparison calls
  expect(nearestName('a'.repeat(1_000), KNOWN)).toBeUndefined();
  expect(step).not.toHaveBeenCalled();
  nearestName('maxPod', KNOWN);
  expect(step).toHaveBeenCalled();
  step.mockRestore();
});
