import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface Assembly {
  readonly types: { readonly [fqn: string]: { readonly properties?: readonly { readonly name: string }[] } };
}

let installed: Assembly | undefined;

/**
 * The properties of structs of aws-cdk-lib in the version that is installed, which may be newer than the one that this library was built
 * with. The assembly is large, so that it is read only for a property that nobody knows otherwise.
 */
export function installedProperties(structs: readonly string[]): string[] {
  installed ??= readAssembly();
  return structs.flatMap((fqn) => installed!.types[fqn]?.properties ?? []).map(({ name }) => name);
}

/** @see https://aws.github.io/jsii/specification/ for the file, and its compressed form */
function readAssembly(): Assembly {
  const folder = dirname(require.resolve('aws-cdk-lib/package.json'));
  const content = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8'));
  return content.schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(join(folder, content.filename))).toString()) : content;
}
