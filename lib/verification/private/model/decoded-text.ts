import { gunzipSync } from 'node:zlib';
import { Text } from '../values/text';

/** cloud-init decompresses user data, which is limited to 16 KB before that. @see https://cloudinit.readthedocs.io/en/latest/explanation/format.html */
const MOST_BYTES = 1024 * 1024;

const isCompressed = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** What a text of Base64 stands for. What cannot be decompressed is no text, and has characters that show it. */
export function decodedText(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  try {
    return (isCompressed(bytes) ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes).toString();
  } catch {
    return bytes.toString();
  }
}

/** A part of MIME in Base64: its header, and what is encoded. */
const ENCODED = /^content-transfer-encoding:[ \t]*base64[ \t]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([A-Za-z0-9+/=\r\n]+)/gim;

/** A text with the parts decoded that `MultipartUserData` of aws-cdk encodes. The header shows which parts are not. */
export const withDecodedParts = (text: Text): Text => Text.join(text.parts.map((part) =>
  (typeof part === 'string' ? Text.of(part.replace(ENCODED, (_, encoded: string) => `\n${decodedText(encoded)}\n`)) : Text.ofPart(part))));
