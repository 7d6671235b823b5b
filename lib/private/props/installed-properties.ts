import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface Struct {
  readonly interfaces?: readonly string[];
  readonly properties?: readonly { readonly name: string }[];
}

interface Assembly { readonly types: { readonly [fqn: string]: Struct } }

/**
 * The properties of structs of aws-cdk-lib in the version that is installed, which may be newer than the one that this library was built
 * with. The assembly is large, so it is read only for a property that nobody knows otherwise. Undefined without the assembly, as in an app that
 * is bundled.
 */
export function installedProperties(structs: readonly string[]): string[] | undefined {
  const { types } = readAssembly() ?? {};
  if (!types) {
    return undefined;
  }
  const propertiesOf = ({ interfaces = [], properties = [] }: Struct = {}): string[] =>
    [...properties.map(({ name }) => name), ...interfaces.flatMap((fqn) => propertiesOf(types[fqn]))];
  return structs.flatMap((fqn) => propertiesOf(types[fqn]));
}

/** @see https://aws.github.io/jsii/specification/ for the file, and its compressed form */
function readAssembly(): Assembly | undefined {
  try {
    const folder = dirname(require.resolve('aws-cdk-lib/package.json'));
    const content = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8'));
    return content.schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(join(folder, content.filename))).toString()) : content;
  } catch {
    return undefined;
  }
}
