import { createHash } from 'node:crypto';
import { LIMITS, TestStack } from './cloudformation';
import { Scene } from './scene';
import type { Properties } from '../../lib/kubernetes/contract/properties';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';
import { fitted } from '../../lib/kubernetes/private/set-size';
import { largeDefinition } from '../kubernetes/large-objects';

const scene = new Scene();
const handler = handlerWithin(LIMITS);
const compressed = (properties: Properties) => ({ ...properties, Objects: fitted(properties.Objects as string[]) as Properties['Objects'] });

test('2.4 MB of definitions are applied and changed with events that Lambda accepts', async () => {
  const sizes: number[] = [];
  const stack = new TestStack('One', (event) => {
    const sent = {
      ...event,
      ResourceProperties: compressed(event.ResourceProperties),
      OldResourceProperties: event.OldResourceProperties && compressed(event.OldResourceProperties),
    };
    sizes.push(JSON.stringify(sent).length);
    return handler(sent);
  });
  const definitions = (labels: object) => ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => largeDefinition(`large${name}`, 400_000))
    .map((definition) => ({ ...definition, metadata: { ...definition.metadata, labels } }));
  await stack.deploy({ Set: { objects: definitions({ step: 'one' }) } });
  await stack.deploy({ Set: { objects: definitions({ step: 'two' }) } });
  expect(Math.max(...sizes)).toBeLessThan(1_000_000);
  const { body } = await scene.cluster.send('GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions?labelSelector=step=two');
  const schemas = (found: any[]) => found.map(({ spec: { versions } }) => versions[0].schema);
  expect(schemas((body as any).items)).toEqual(schemas(definitions({})));
  await stack.destroy();
});

test('a set near its size limit can rename all of its objects, and roll that back', async () => {
  const random = (from: string) => Array.from({ length: 900 }, (_, i) => createHash('sha512').update(`${from} ${i}`).digest('base64')).join('');
  const named = (prefix: string) => ({ objects: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => scene.config(`${prefix}-${name}`, { text: random(name) })) });
  const names = async () => Object.keys(await scene.look()).filter((name) => name.startsWith('ConfigMap'));
  const stack = new TestStack('One', handler);
  await stack.deploy({ Set: named('old') });
  const before = await names();
  await expect(stack.deploy({ Set: named('new') }, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect(await names()).toEqual(before);
  await stack.deploy({ Set: named('new') });
  expect(await names()).toEqual(before.map((name) => name.replace('old', 'new')));
});
