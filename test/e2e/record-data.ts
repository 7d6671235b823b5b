import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';

/** The data of a record in its Secret. */
export const recordData = (content: unknown): string => brotliCompressSync(JSON.stringify(content)).toString('base64');

export const contentOf = (data: string): any => JSON.parse(brotliDecompressSync(Buffer.from(data, 'base64')).toString());
