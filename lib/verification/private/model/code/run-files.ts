/** Folders whose files are run, and names of scripts. */
const RUNS_BY_ITSELF = /(^|\/)s?bin\/|\/(cron|init|profile)[\w.-]*\.d\/|\/cron\.\w+\/|\/init\.d\/|\.(ba|da|k|z)?sh$/;

/** What makes a file a program, or runs it. */
const RUNS = new RegExp([
  '(?:^|[;&|\\s])(?:chmod[ \\t]+(?:-\\w{1,9}[ \\t]+)?(?:[ugoa,]{0,9}[+=]\\w{0,9}x\\w{0,9}|[0-7]{0,3}[1357][0-7]{0,3})|(?:(?:ba|da|k|z)?sh|source|\\.)(?:[ \\t]+-\\w{1,9}){0,5})',
  '[ \\t]+["\']?([^\\s"\';&|]+)',
].join(''), 'gm');

/** A command that is the path of a file. */
const BY_PATH = /(?:^|[;&|])[ \t]*(?:(?:exec|nohup|sudo)[ \t]+){0,3}["']?([./~][^\s"';&|]*)/gm;

/** The files that a script runs. */
export const runFilesIn = (script: string): ReadonlySet<string> =>
  new Set([RUNS, BY_PATH].flatMap((runs) => [...script.matchAll(runs)].map(([, file]) => file.replace(/^\.\//, ''))));

/** Whether one of the files that a script writes is run. */
export const isRun = (file: string, run: ReadonlySet<string>): boolean => RUNS_BY_ITSELF.test(file) || run.has(file.replace(/^\.\//, ''));
