import { anyPart, CodeWrite } from './code-write';
import { PACKAGE_MANAGERS } from './package-managers';
import { writesOfFiles } from './written-files';
import { distinct } from '../../values/distinct';
import { Text } from '../../values/text';

/** A registry of packages of which only the deployment knows which one it is. */
export const ANY_PACKAGES = anyPart('registry of packages');

/** Options before the command of a program, with their values. */
const OPTIONS = '( [-+][^ ]+( [^ +-][^ ]*)?){0,9}';

const OF_REGISTRIES = PACKAGE_MANAGERS.flatMap(({ registry, programs, installs }) =>
  (registry ? [{ registry: Text.of(registry), programs, installs }] : []));

const COMMANDS = OF_REGISTRIES.map(({ registry, programs, installs }) => ({
  registry, command: new RegExp(`(?<![\\w@-])(${programs})${installs ? `${OPTIONS} (${installs})` : ''}(?![\\w-])`, 'm'),
}));

/** Most texts name none of these. */
const LIKELY = new RegExp(`\\b(${OF_REGISTRIES.map(({ programs }) => programs).join('|')})`);

/**
 * What changes the packages that a script installs, which run as they are installed, or in what uses them: whoever has a token of the registry publishes another version.
 * For which packages a token is, and whether a file fixes their versions, is not asked.
 *
 * @see https://docs.npmjs.com/cli/v11/using-npm/scripts
 */
export function writesOfPackages(script: Text): CodeWrite[] {
  const written = `${script}`;
  return LIKELY.test(written) ? distinct(COMMANDS.filter(({ command }) => command.test(written)).map(({ registry }) => registry))
    .flatMap((system) => writesOfFiles({ kind: 'packages', system })) : [];
}
