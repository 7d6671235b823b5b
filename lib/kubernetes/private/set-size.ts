import {
  MOST_BYTES, MOST_BYTES_OF_OBJECT, MOST_BYTES_OF_SMALL_OBJECT, MOST_OBJECTS, MOST_READABLE_BYTES, MOST_UNCOMPRESSED_BYTES,
} from '../contract/limits';
import type { CompressedDocument, InTemplate, ObjectDocument } from '../contract/object-document';

/** An object in the template. */
export type Document = string | InTemplate<ObjectDocument>;

/** The documents of a set in the template. In a large set, the large documents are compressed. */
export function fitted(documents: Document[]): (Document | InTemplate<CompressedDocument>)[] {
  return bytesOf(documents) > MOST_READABLE_BYTES ? documents.map(compressed) : documents;
}

/** An error for each limit that the set exceeds. */
export function sizeErrors(documents: Document[]): string[] {
  const { length } = documents;
  const fix = length > 1 ? 'split it into several sets' : 'make the object smaller';
  const [readable, inTemplate] = [documents, fitted(documents)].map(bytesOf);
  return [
    ...(length > MOST_OBJECTS ? [`the set has ${length} objects, but at most ${MOST_OBJECTS} are allowed: split it into several sets`] : []),
    ...documents.map(jsonOf).flatMap((json, i) => (json.length > MOST_BYTES_OF_OBJECT
      ? [`objects[${i}] has ${json.length} bytes of JSON, but Kubernetes stores at most ${MOST_BYTES_OF_OBJECT} in one object: make it smaller`]
      : [])),
    ...(readable > MOST_UNCOMPRESSED_BYTES
      ? [`the set has ${readable} bytes of JSON before compression, but at most ${MOST_UNCOMPRESSED_BYTES} are allowed: ${fix}`]
      : []),
    ...(inTemplate > MOST_BYTES ? [`the set has ${inTemplate} bytes after compression, but at most ${MOST_BYTES} are allowed: ${fix}`] : []),
  ];
}

function compressed(document: Document): Document | InTemplate<CompressedDocument> {
  const json = jsonOf(document);
  if (json.length <= MOST_BYTES_OF_SMALL_OBJECT) {
    return document;
  }
  // loaded only for large sets, because it would take an eighth of the time that importing this library takes
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { gzipSync } = require('fflate') as typeof import('fflate');
  const Gzip = Buffer.from(gzipSync(json, DETERMINISTIC)).toString('base64');
  return typeof document === 'string' ? { Gzip } : { Gzip, Values: document.Values };
}

/** The same at every synthesis. By default, gzip stores the time, and the output of `node:zlib` differs between builds of Node.js. */
const DETERMINISTIC = { level: 9, mtime: 0 } as const;

const jsonOf = (document: Document) => Buffer.from(typeof document === 'string' ? document : document.Json as string);

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
