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
