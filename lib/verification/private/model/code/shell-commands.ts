/** What is between the commands of a script. A pipe is not. */
const BETWEEN = /\n|;|&&|\|\|/;

const SHELL = '(sudo +)?[\\w/]*\\b((ba|da|k|z)?sh|python|perl|node|ruby|php)\\d?\\b';

/** Commands that run, install or apply what they get. */
const RUNS = new RegExp([
  `\\| *${SHELL}`, `\\b${SHELL}( +-\\w+)* +["']?[$<]\\(`, '(\\bsource|^ *\\.) +<\\(', '\\beval\\b',
  '\\bgit\\b.* clone\\b', '\\bkubectl\\b.* (apply|create|replace)\\b', '\\bhelm\\b.* (install|upgrade|template|repo add|pull)\\b',
  '\\b(pip\\d?|npm|pnpm|yarn|gem|apk|apt|apt-get|yum|dnf|go)\\b.* (install|add|ci|get)\\b',
].join('|'));

/** The commands of a script. */
export const commandsIn = (script: string): string[] => script.split(BETWEEN);

/** Whether a command runs, installs or applies what it gets. */
export const runsWhatItGets = (command: string): boolean => RUNS.test(command);
