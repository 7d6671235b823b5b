import { gzipSync } from 'fflate';
import {
  MOST_BYTES, MOST_BYTES_OF_OBJECT, MOST_BYTES_OF_SMALL_OBJECT, MOST_OBJECTS, MOST_READABLE_BYTES, MOST_UNCOMPRESSED_BYTES,
} from '../contract/limits';
import type { CompressedDocument, InTemplate, ObjectDocument } from '../contract/object-document';

type Document = string | InTemplate<ObjectDocument>;

/** The documents of a set as the template has them: the large ones compressed, if the set is large. */
export function fitted(documents: Document[]): (Document | InTemplate<CompressedDocument>)[] {
  return bytesOf(documents) > MOST_READABLE_BYTES ? documents.map(compressed) : documents;
}

/** What is too much for one set; empty if nothing is. */
export function excesses(documents: Document[]): string[] {
  const { length } = documents;
  const fix = length > 1 ? 'make several' : 'make it smaller';
  const [readable, inTemplate] = [documents, fitted(documents)].map(bytesOf);
  return [
    ...length > MOST_OBJECTS ? [`${length} objects, but at most ${MOST_OBJECTS} go into one set: make several`] : [],
    ...documents.map(jsonOf).flatMap((json, i) => (json.length > MOST_BYTES_OF_OBJECT
      ? [`objects[${i}] has ${json.length} bytes of JSON, but Kubernetes stores at most ${MOST_BYTES_OF_OBJECT} in one object: make it smaller`]
      : [])),
    ...readable > MOST_UNCOMPRESSED_BYTES
      ? [`${readable} bytes of JSON before compression, but at most ${MOST_UNCOMPRESSED_BYTES} go into one set: ${fix}`]
      : [],
    ...inTemplate > MOST_BYTES ? [`${inTemplate} bytes after compression, but at most ${MOST_BYTES} go into one set: ${fix}`] : [],
  ];
}

function compressed(document: Document): Document | InTemplate<CompressedDocument> {
  const json = jsonOf(document);
  if (json.length <= MOST_BYTES_OF_SMALL_OBJECT) {
    return document;
  }
  const Gzip = Buffer.from(gzipSync(json, DETERMINISTIC)).toString('base64');
  return typeof document === 'string' ? { Gzip } : { Gzip, Values: document.Values };
}

/** The template must not change from build to build. By default, gzip notes the time; and `node:zlib` differs between builds of Node.js. */
const DETERMINISTIC = { level: 9, mtime: 0 } as const;

const jsonOf = (document: Document) => Buffer.from(typeof document === 'string' ? document : document.Json as string);

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
