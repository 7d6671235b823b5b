/** What is between the commands of a script. A pipe is not, nor is the end of a line that continues in the next one. */
export const BETWEEN = /(?<!\\\r?|\|[ \t]{0,9})\n|;|&&|\|\|/;

/** A shell, or another program that runs what it gets. */
export const SHELL = '(sudo +)?[\\w/-]*\\b((ba|da|k|z)?sh|python|perl|node|ruby|php)\\d?\\b';

/** What can be between a pipe and a shell: `sudo -E`, `env`, and variables for it. */
export const BEFORE_SHELL = '(?:(?:sudo|doas|env|exec|xargs|nohup|time|-\\S{1,50}|\\w{1,50}=\\S{0,200}) +){0,6}';

/** Commands that run what they get. A word is looked at only from its start, because scripts can have words of any length. */
const RUNS = new RegExp([
  `\\|\\s*${BEFORE_SHELL}${SHELL}`, `(?<![\\w/-])(?!-)${SHELL}( +-\\w+)* +["']?[$<]\\(`, String.raw`(\bsource|^ *\.) +<\(`, String.raw`\bexport +["']?\$\(`, String.raw`\beval\b`,
  String.raw`\b(iex|IEX|[Ii]nvoke-[Ee]xpression)\b`,
].join('|'));

/** Programs that get what is at a URL. */
const GETS = /\b(curl|wget|aria2c|iwr|irm|Invoke-(WebRequest|RestMethod)|Download(File|String))\b/i;

/** Programs that run, install or apply what they get, with one of these words after them. */
const RUN_WITH: ReadonlyArray<readonly [RegExp, RegExp]> = [
  [/\bgit\b/, / clone\b/],
  [/\bkubectl\b/, / (apply|create|replace)\b/],
  [/\bdeno\b/, / (install|run)\b/],
  [/\bhelm\b/, / (install|upgrade|template|repo add|pull)\b/],
  [/\b(docker|nerdctl|podman)\b/, / (run|pull)\b/],
  [/\b(pip\d?|npm|pnpm|yarn|gem|apk|apt|apt-get|yum|dnf|go)\b/, / (install|add|ci|get)\b/],
];

/** Files of data that no command runs or applies. `kubectl` applies those in YAML. */
const OF_TABLES = /\.(avro|csv|jsonl?|log|parquet|tsv|txt)$/;

/** Files of data, which no command runs. */
export const OF_DATA = new RegExp(`${OF_TABLES.source}|\\.ya?ml$`);

/** Files of code, also where no command gets them. */
export const OF_CODE = /\.(deb|dll|exe|jar|m?js|php|pl|ps1|py|rb|rpm|sh|so|tar|tgz|war|wasm|whl|zip)$/;

/** Options with which curl writes what it gets to a file, which can be a program. */
const TO_FILE = / (-\w*[oO]\b|--output|--remote-name)/;

/** How a shell writes what a command gets to a file. */
const REDIRECTED = /(?:(?<![02-9<>=-])>>?|\| *(?:sudo +)?tee(?: +-a)?) *["']?([^\s"'&|>]+)/;

/** Options with which wget does not write what it gets to a file. */
const TO_NO_FILE = / -\w*O *-( |$)|--spider|--output-document[ =]-/;

const TO_NOWHERE = /\/dev\/(null|stdout)/;

/** Programs that unpack, write or install what they get by a pipe. */
const UNPACKED = /\| *(sudo +)?(bsdtar|cpio|crontab|dd|install|tar|(docker|nerdctl|podman)( +image)? +(import|load)|ctr( +\S+){0,6} +images? +import)\b/;

/** What a shell does with the messages of a command, or to output that is in a file already. */
const DISCARDING = /[&\d]?>>? *\/dev\/(null|stdout|stderr)/g;

/** The commands of a script. */
export const commandsIn = (script: string): string[] => script.split(BETWEEN);

/** Whether a command runs what it gets, as a script. */
export const runsInShell = (command: string): boolean => RUNS.test(command);

/** Whether a command runs, installs or applies what it gets. */
export const runsWhatItGets = (command: string): boolean => runsInShell(command)
  || RUN_WITH.some(([program, word]) => word.test(command.slice(startOf(program, command))));

/** Whether a command gets what is at a URL that its literals do not show. */
export const getsUnknownUrl = (command: string): boolean => GETS.test(command) && !command.includes('://');

/** Whether a command writes what it gets to a file. */
export function isDownload(command: string): boolean {
  const kept = command.replace(DISCARDING, '');
  const [byCurl, byEither] = [/\bcurl\b/, /\b(curl|wget)\b/].map((program) => kept.slice(startOf(program, kept)));
  const file = REDIRECTED.exec(byEither)?.[1];
  return !TO_NOWHERE.test(kept) && ((file !== undefined && !OF_TABLES.test(file)) || UNPACKED.test(byEither)
    || TO_FILE.test(byCurl) || kept.split(/\bwget\b/).slice(1).slice(-1).some((rest) => !TO_NO_FILE.test(rest)));
}

/** Where a program is first, or the end. A search from each place where it is takes too long if there are many. */
function startOf(program: RegExp, command: string): number {
  const start = command.search(program);
  return start < 0 ? command.length : start;
}
