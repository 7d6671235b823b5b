import { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { modelOfTemplates } from './models';
import { IrsaTestStack } from '../../../bin/irsa-test-stack';

/** What may be where something else is expected. */
const GARBAGE = [
  '', 'text', '{', 0, true, null, [], [null], [[]], {}, { Key: 'a' }, { Ref: 'Nothing' }, { Ref: [] }, { 'Fn::GetAtt': 'Nothing.Arn' }, { 'Fn::Join': 'text' },
  { 'Fn::If': ['Nothing', 'a', 'b'] },
];

/** All places of a value, as paths. */
const placesIn = (value: unknown, path: string[] = []): string[][] =>
  [path, ...(typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key])) : [])];

function replaced(value: any, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) {
    return by;
  }
  return Array.isArray(value)
    ? value.map((item, i) => (String(i) === key ? replaced(item, rest, by) : item))
    : { ...value, [key]: replaced(value[key], rest, by) };
}

test('a broken value anywhere in the properties of a template never causes a crash', () => {
  const app = new App();
  new IrsaTestStack(app, 'Stack');
  const { Resources } = app.synth().getStackByName('Stack').template;
  const ids = Object.keys(Resources).filter((id) => /^AWS::(IAM|EKS)::|LaunchTemplate$|^Custom::Kubernetes/.test(Resources[id].Type));
  const places = ids.flatMap((id) => placesIn(Resources[id].Properties, [id, 'Properties']));
  fc.assert(fc.property(fc.constantFrom(...places), fc.constantFrom(...GARBAGE), (place, garbage) => {
    const { findings } = modelOfTemplates({ Stack: { Resources: replaced(Resources, place, garbage) } });
    expect(findings.every(({ message }) => !/undefined|\[object|TypeError/.test(message))).toBe(true);
  }), { numRuns: 150 });
});
