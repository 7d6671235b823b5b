import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface Struct {
  readonly interfaces?: readonly string[];
  readonly properties?: readonly { readonly name: string }[];
}

export interface Assembly { readonly types: { readonly [fqn: string]: Struct } }

/** The assembly of the version of aws-cdk-lib that is installed. */
export const installedAssembly = (): Assembly | undefined => assemblyIn(dirname(require.resolve('aws-cdk-lib/package.json')));

/** @see https://aws.github.io/jsii/specification/ for the file, and its compressed form */
export function assemblyIn(folder: string): Assembly | undefined {
  try {
    const content = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8'));
    return content.schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(join(folder, content.filename))).toString()) : content;
  } catch {
    return undefined;
  }
}
