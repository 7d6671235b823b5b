import { FILES_OF_SOURCES, OF_SOURCES, PACKAGE_MANAGERS, RUNS_INSTALLED } from './package-managers';

/** Commands that install, build or apply what is at a host that they name, or say that later ones do. */
const INSTALLERS = commandsOf(PACKAGE_MANAGERS);

/** Those that get what they run. */
const RUNNERS = commandsOf(PACKAGE_MANAGERS.filter(({ getsToRun }) => getsToRun));

const WRITES_FILE = />|\btee\b|\bsed +-\w*i/;

/** Whether what a command names decides what it, or a later command, installs. */
export const setsSources = (command: string): boolean =>
  (INSTALLERS.test(command) && (!RUNS_INSTALLED.test(command) || [OF_SOURCES, RUNNERS].some((gets) => gets.test(command))))
  || (WRITES_FILE.test(command) && FILES_OF_SOURCES.test(command)) || (command.includes('git config') && /insteadOf/i.test(command));

function commandsOf(managers: typeof PACKAGE_MANAGERS): RegExp {
  const all = managers.map(({ programs, atHosts }) => (atHosts ? `(${programs}) (${atHosts})` : programs));
  return new RegExp(`(?<![\\w.-])(${all.join('|')})(?![\\w.-])`);
}
