import { anyPart, CodeWrite } from './code-write';
import { writesOfFiles } from './written-files';
import { Text } from '../../values/text';

/** A registry of packages of which only the deployment knows which one it is. */
export const ANY_PACKAGES = anyPart('registry of packages');

/** How the public registries of packages are called. */
export type PackageRegistry = 'crates' | 'maven' | 'npm' | 'nuget' | 'pypi' | 'rubygems';

/** Options before the command of a program, with their values. */
const OPTIONS = '( [-+][^ ]+( [^ +-][^ ]*)?){0,9}';

/** The programs that install packages of a registry, with the words after them. Some install whatever follows. */
const INSTALLERS: Readonly<Record<PackageRegistry, string>> = {
  crates: `cargo${OPTIONS} (add|build|fetch|install|run|test|update)`,
  maven: '(gradlew?|mvnw?|sbt)',
  npm: `((bun|npm|pnpm|yarn)${OPTIONS} (add|ci|create|dlx|exec|i|init|install|update|upgrade|x)|bunx|npx|yarn *$)`,
  nuget: '(dotnet|nuget) (add|build|install|pack|publish|restore|run|test|tool)',
  pypi: `((hatch|pdm|pip[\\d.]*|pipenv|pipx|poetry|uv)${OPTIONS} (add|download|env|install|lock|pip|run|sync|tool|update|upgrade|wheel)|uvx)`,
  rubygems: `(bundle|gem)${OPTIONS} (add|exec|install|update)`,
};

const COMMANDS = Object.entries(INSTALLERS).map(([registry, installer]) => ({ registry, command: new RegExp(`(?<![\\w@-])${installer}(?![\\w-])`, 'm') }));

/** Most texts name none of these. */
const LIKELY = /\b(bundle|bunx?|cargo|dotnet|gem|gradle|hatch|mvn|npm|npx|nuget|pdm|pip|pnpm|poetry|sbt|uv|yarn)/;

/**
 * What changes the packages that a script installs, which run as they are installed, or in what uses them: whoever has a token of the registry publishes another version.
 * For which packages a token is, and whether a file fixes their versions, is not asked.
 *
 * @see https://docs.npmjs.com/cli/v11/using-npm/scripts
 */
export function writesOfPackages(script: Text): CodeWrite[] {
  const written = `${script}`;
  return LIKELY.test(written) ? COMMANDS.filter(({ command }) => command.test(written))
    .flatMap(({ registry }) => writesOfFiles({ kind: 'packages', system: Text.of(registry) })) : [];
}
