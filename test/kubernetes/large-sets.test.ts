import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { incompressible, largeDefinition } from './large-objects';
import { KubernetesObjects } from '../../lib';
import { MOST_BYTES, MOST_BYTES_OF_SMALL_OBJECT, MOST_READABLE_BYTES } from '../../lib/kubernetes/contract/limits';
import { deployedObjects, OREGON } from '../deployed';
import { HOSTILE } from '../hostile';
import { newCluster, newStack } from '../stacks';

interface Entry { readonly Gzip: string; readonly Values?: object[] }

const config = (name: string, bytes: number) => ({ apiVersion: 'v1', data: { a: 'a'.repeat(bytes) }, kind: 'ConfigMap', metadata: { name } });
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

function define(objects: { [key: string]: unknown }[], stack = newStack()) {
  new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack), objects });
  return stack;
}

function entriesOf(...objects: { [key: string]: unknown }[]): (string | Entry)[] {
  const [{ Properties }] = Object.values<any>(Template.fromStack(define(objects)).findResources('Custom::KubernetesObjects'));
  return Properties.Objects;
}

/** An object with which a set has exactly this many bytes. */
const filling = (bytes: number) => config('a', bytes - bytesOf([JSON.stringify(config('a', 0))]));

test('a set of 100,000 bytes is readable in the template', () => {
  const object = filling(MOST_READABLE_BYTES);
  const entries = entriesOf(object);
  expect(entries).toEqual([JSON.stringify(object)]);
  expect(bytesOf(entries)).toBe(100_000);
});

test('in a larger set, large objects are compressed, and small ones stay readable', () => {
  const [small, larger] = [0, 1].map((more) => config('b', MOST_BYTES_OF_SMALL_OBJECT - JSON.stringify(config('b', 0)).length + more));
  const large = filling(MOST_READABLE_BYTES);
  expect(entriesOf(large, small, { ...larger, metadata: { name: 'c' } })).toEqual([
    { Gzip: expect.stringMatching(/^H4sI/) }, JSON.stringify(small), { Gzip: expect.stringMatching(/^H4sI/) },
  ]);
});

test('compressed objects in the template can be read with base64 and gunzip', () => {
  const object = largeDefinition('large', 150_000);
  const [{ Gzip }] = entriesOf(object) as Entry[];
  expect(JSON.parse(gunzipSync(Buffer.from(Gzip, 'base64')).toString())).toEqual(object);
});

test('definitions as large as those of the Prometheus operator fit into one set, fit twice into an event, and arrive unchanged', () => {
  const sizes = [362, 353, 44, 43, 414, 485, 10, 378, 44, 347].map((kilobytes) => kilobytes * 1_000);
  const objects = sizes.map((bytes, i) => largeDefinition(`large${i}`, bytes));
  expect(bytesOf(objects)).toBeGreaterThan(2_400_000);
  const bytes = bytesOf(entriesOf(...objects));
  expect(bytes).toBeGreaterThan(400_000); // does not compress better than the real ones
  expect(bytes).toBeLessThan(MOST_BYTES);
  expect(2 * MOST_BYTES + 40_000).toBeLessThanOrEqual(1_000_000);
  expect(deployedObjects(define(objects))).toEqual(objects);
});

test('the compressed bytes are the same in each run and on each machine', () => {
  const [{ Gzip }] = entriesOf(largeDefinition('large', 150_000)) as Entry[];
  // the hash changes only with a new version of fflate, which changes the templates of users: mention it in CHANGELOG.md
  expect(createHash('sha256').update(Gzip).digest('hex')).toBe('fc22e130320f7e901e1702168cb191784105a17f936915ece8deb15935656d27');
});

describe('the tokens of a compressed object', () => {
  const stack = newStack();
  const title = new CfnParameter(stack, 'Title').valueAsString;
  const { data } = config('a', MOST_READABLE_BYTES);
  define([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { ...data, title, reference: 'x {{resolve:ssm:/title}}', [`key-${title}`]: 'b' } }], stack);

  test('are separate from it in the template', () => {
    Template.fromStack(stack).hasResourceProperties('Custom::KubernetesObjects', {
      Objects: [{
        Values: [
          { Path: '/data', Key: { 'Fn::Join': ['', ['key-', { Ref: 'Title' }]] }, Document: { Json: '"b"' } },
          { Path: '/data/reference', Value: 'x {{resolve:ssm:/title}}' },
          { Path: '/data/title', Value: { Ref: 'Title' } },
        ],
      }],
    });
  });

  test.each(HOSTILE)('change nothing but themselves: %j', (Title) => {
    expect(deployedObjects(stack, { ...OREGON, parameters: { Title } })).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { ...data, title: Title, reference: 'x {{resolve:ssm:/title}}', [`key-${Title}`]: 'b' } },
    ]);
  });
});

describe('fails at synthesis for', () => {
  const synthesize = (...objects: { [key: string]: unknown }[]) => () => Template.fromStack(define(objects));

  test('more than 480,000 bytes after compression', () => {
    const message = (fix: string) => new RegExp(`\\[Stack/Objects\\] the set has \\d{6} bytes after compression, but at most 480000 are allowed: ${fix}$`, 'm');
    expect(synthesize(incompressible('a', 500_000))).toThrow(message('make the object smaller'));
    expect(synthesize(incompressible('a', 250_000), incompressible('b', 250_000))).toThrow(message('split it into several sets'));
    expect(synthesize(incompressible('a', 230_000), incompressible('b', 230_000))).not.toThrow();
  });

  test('more than 10,000,000 bytes before compression', () => {
    const objects = Array.from({ length: 10 }, (_, i) => config(`a-${i}`, 1_000_000));
    expect(synthesize(...objects)).toThrow(/\[Stack\/Objects\] the set has 1000\d{4} bytes of JSON before compression, but at most 10000000 are allowed: split it into several sets$/m);
  });

  test('an object that is too large for Kubernetes', () => {
    expect(synthesize(config('a', 0), config('b', 1_600_000))).toThrow(
      /\[Stack\/Objects\] objects\[1\] has 16000\d{2} bytes of JSON, but Kubernetes stores at most 1572864 in one object: make it smaller$/m);
  });
});
