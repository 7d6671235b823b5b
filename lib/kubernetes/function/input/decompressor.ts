import { gunzipSync } from 'node:zlib';
import { MOST_UNCOMPRESSED_BYTES } from '../../contract/limits';
import type { ObjectDocument, ObjectEntry } from '../../contract/object-document';

/** Decompresses the documents of a set, up to the size that a set can have before compression. */
export class Decompressor {
  private bytesLeft = MOST_UNCOMPRESSED_BYTES;

  /** @throws an error without the content of the entry, which might be secret. */
  public readable(entry: ObjectEntry): ObjectDocument {
    if (typeof entry === 'string') {
      return { Json: entry };
    }
    if ('Gzip' in entry) {
      const { Gzip, ...values } = entry;
      return { Json: this.decompressed(Gzip), ...values };
    }
    return entry;
  }

  private decompressed(base64: string): string {
    try {
      const json = gunzipSync(Buffer.from(base64, 'base64'), { maxOutputLength: this.bytesLeft });
      this.bytesLeft -= json.length;
      return json.toString();
    } catch {
      throw new Error(`it must be compressed with gzip, and the set must have at most ${MOST_UNCOMPRESSED_BYTES} bytes of JSON`);
    }
  }
}
