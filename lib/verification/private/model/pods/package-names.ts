import { Text } from '../../values/text';
import { PackageRegistry } from '../code/package-managers';
import { ANY_PACKAGES } from '../code/packages';

/** What one signs in with to publish packages. */
const SECRET = '(token|password|passwd|api[_.-]?key|credentials)';

/** How tools and pipelines name the registries. Those of a company have packages of any kind. */
const REGISTRIES: Readonly<Record<PackageRegistry | 'any', string>> = {
  any: 'artifactory|cloudsmith|codeartifact|gemfury|jfrog|nexus',
  crates: 'cargo[_.-]regist|crates',
  maven: 'maven|ossrh|sonatype',
  npm: 'node[_.-]auth|npm',
  nuget: 'nuget',
  pypi: 'flit|pdm[_.-]publish|poetry|pypi|twine|uv[_.-]publish',
  rubygems: 'gem[_.-]host|ruby[_.-]?gems',
};

const NAMES = Object.entries(REGISTRIES).map(([registry, names]) =>
  ({ registry: registry === 'any' ? ANY_PACKAGES : Text.of(registry), name: new RegExp(`(^|[_.-])(${names})[\\w.-]{0,60}?${SECRET}$`, 'i') }));

/** A token for a repository: `POETRY_PYPI_TOKEN_INTERNAL`. @see https://python-poetry.org/docs/repositories/#configuring-credentials */
const OF_POETRY = /^poetry_pypi_token_\w+$/i;

/** Files with tokens. @see https://docs.npmjs.com/cli/v11/configuring-npm/npmrc @see https://packaging.python.org/en/latest/specifications/pypirc/ */
const FILES: ReadonlyMap<string, PackageRegistry> = new Map([['.npmrc', 'npm'], ['.yarnrc.yml', 'npm'], ['.pypirc', 'pypi']]);

/** The registries to which something may let publish, as its name tells: `NPM_TOKEN`, `TWINE_PASSWORD`, `CARGO_REGISTRY_TOKEN`, `.npmrc`. */
export function packagesNamed(name: string): Text[] {
  const file = FILES.get(name) ?? (OF_POETRY.test(name) ? 'pypi' : undefined);
  return file ? [Text.of(file)] : NAMES.filter((one) => one.name.test(name)).map(({ registry }) => registry);
}

export const isNameOfPackageToken = (name: string): boolean => packagesNamed(name).length > 0;

/** How a resource mentions one. */
export const MENTIONED_PACKAGES = new RegExp(`(${Object.values(REGISTRIES).join('|')})[\\w./-]{0,60}(token|pass|key|credentials)|\\.(npmrc|pypirc|yarnrc)`, 'i');
