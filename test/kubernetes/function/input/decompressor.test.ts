import { gzipSync } from 'node:zlib';
import { Decompressor } from '../../../../lib/kubernetes/function/input/decompressor';
import { parse } from '../../../../lib/kubernetes/function/input/objects';

const compressed = (text: string | Buffer) => ({ Gzip: gzipSync(text).toString('base64') });
const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
const LIMIT = 'it must be compressed with gzip, and the set must have at most 10000000 bytes of JSON';

test('a compressed object is read back unchanged, with its values', () => {
  const object = { ...config('ünïcödé 🙂'), data: { title: null } };
  const Values = [{ Path: '/data/title', Value: 'title' }];
  expect(parse({ Objects: [{ ...compressed(JSON.stringify(object)), Values }] })).toEqual([{ ...object, data: { title: 'title' } }]);
});

test.each([
  ['text', 'hunter2'],
  ['bytes that end early', compressed('{}').Gzip.slice(0, -8)],
  ['an empty string', ''],
])('%s is not gzip, and the error does not show it', (_, Gzip) => {
  expect(() => parse({ Objects: [{ Gzip }] })).toThrow(new Error(`object 1 of 1: ${LIMIT}`));
});

test('a set that would decompress to more bytes than allowed is rejected before they are in memory', () => {
  expect(() => new Decompressor().readable(compressed(Buffer.alloc(10_000_001)))).toThrow(new Error(LIMIT));
  const decompressor = new Decompressor();
  const half = compressed(Buffer.alloc(5_000_000));
  decompressor.readable(half);
  decompressor.readable(half);
  expect(() => decompressor.readable(compressed('1'))).toThrow(new Error(LIMIT));
});
