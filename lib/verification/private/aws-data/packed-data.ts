import { brotliDecompressSync } from 'node:zlib';

/** Data of an npm package, as `npm run managed-policies` writes it. */
export interface PackedData {
  /** The package and its version. */
  readonly source: string;
  /** The day when the data last changed. */
  readonly date: string;
  /** JSON, compressed with Brotli, in Base64. */
  readonly brotli: string;
}

export function unpacked(data: PackedData): unknown {
  return JSON.parse(brotliDecompressSync(Buffer.from(data.brotli, 'base64')).toString());
}
