import { gunzipSync } from 'node:zlib';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';

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

/**
 * What looks like Base64, in lines or in one word. Whatever is not, is decoded to characters that name nothing.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
 * @see https://bottlerocket.dev/en/os/latest/api/settings/bootstrap-containers/
 */
const IN_BASE64 = /(?:[A-Za-z0-9+/]{60,}[ \t]*\r?\n[ \t]*)+[A-Za-z0-9+/]*={0,2}|[A-Za-z0-9+/]{16,}={0,2}/g;

/** What is compressed, and cannot be decompressed, can be anything. */
const UNREADABLE = Text.unknown(new Unknown('what is compressed', { label: 'what is compressed' }));

/** Whether a text is one that was compressed, and could not be decompressed. */
export const isUnreadable = ({ key }: Text): boolean => key === UNREADABLE.key;

/** A text, and the texts that it has in Base64, also within each other. */
export const withTextsInBase64 = (text: Text): Text[] => [text, ...text.parts.flatMap(textsInBase64).flatMap(withTextsInBase64)];

function textsInBase64(part: string | Unknown): Text[] {
  return typeof part === 'string' ? [...part.matchAll(IN_BASE64)].map(([encoded]) => textInBase64(encoded))
    : part.encodes ? [Text.join(part.encodes.map(Text.ofPart))] : [];
}

function textInBase64(encoded: string): Text {
  const [bytes, text] = [Buffer.from(encoded, 'base64'), decodedText(encoded)];
  return isCompressed(bytes) && text === bytes.toString() ? UNREADABLE : Text.of(text);
}

/** A part of MIME in Base64: its header, and what is encoded. */
const ENCODED = /^content-transfer-encoding:[ \t]*base64[ \t]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([A-Za-z0-9+/=\r\n]+)/gim;

/** A text with the parts decoded that `MultipartUserData` of aws-cdk encodes. The header shows which parts are not. */
export const withDecodedParts = (text: Text): Text => Text.join(text.parts.map((part) =>
  (typeof part === 'string' ? Text.of(part.replace(ENCODED, (_, encoded: string) => `\n${decodedText(encoded)}\n`)) : Text.ofPart(part))));
