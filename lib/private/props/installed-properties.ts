import { Struct, installedAssembly } from './installed-assembly';

/**
 * The properties of structs of aws-cdk-lib in the version that is installed, which may be newer than the one that this library was built
 * with. The assembly is large, so it is read only for a property that nobody knows otherwise. Undefined without the assembly, as in an app that
 * is bundled.
 */
export function installedProperties(structs: readonly string[]): string[] | undefined {
  const { types } = installedAssembly() ?? {};
  if (!types) {
    return undefined;
  }
  const propertiesOf = ({ interfaces = [], properties = [] }: Struct = {}): string[] =>
    [...properties.map(({ name }) => name), ...interfaces.flatMap((fqn) => propertiesOf(types[fqn]))];
  return structs.flatMap((fqn) => propertiesOf(types[fqn]));
}
