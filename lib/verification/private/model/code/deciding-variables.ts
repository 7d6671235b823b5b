import { isNameOfCode } from './code-names';
import { scriptsIn } from './commands';
import { VARIABLES_OF_SOURCES } from './package-managers';
import { commandsIn, isDownload, OF_CODE, OF_DATA, runsWhatItGets } from './shell-commands';
import { escapedForRegExp } from '../../values/escaped';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { literalOf } from '../../values/text-parts';

/**
 * Variables that decide what a program loads or runs, or where an SDK gets credentials and sends its token.
 *
 * @see https://nodejs.org/api/cli.html#node_optionsoptions
 * @see https://docs.oracle.com/en/java/javase/21/docs/specs/jvmti.html#tooloptions
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html#runtime-wrapper
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
const DECIDING = new RegExp([
  '^AWS_(ENDPOINT_URL|CONTAINER_|CONFIG_FILE$|SHARED_CREDENTIALS_FILE$)', '_PROXY$', '^(BASH_)?ENV$', '^(PATH|PYTHONHOME|CLASSPATH|GIT_(SSH|ASKPASS|EXEC_PATH)|LD_AUDIT)$',
  '(?<!AD)OPT(ION)?S?(_APPEND)?$', '^(?=(.*_)?(JAVA|JVM|NODE)_).*_(ARGS|FLAGS)$', '_(SUBMIT|CMD)_ARGS$', '^GOFLAGS$', 'PRELOAD$',
  '(LIBRARY|CLASS|PYTHON|NODE|PROFILER|GEM|LUA_?C?|LOADER|MODULE)_?PATH(_\\d+)?$', '(RUBY|PERL5?)_?LIB$', '^(GEM_HOME|LUA_INIT|PHPRC|PHP_INI_SCAN_DIR|PYTHONUSERBASE)',
  '(HOOK|POD)_TEMPLATE(_FILE)?$', '(STARTUP(_HOOKS)?|COMMAND|(?<!TRAN)SCRIPT|WRAPPER|HOSTINGSTARTUPASSEMBLIES|ADDITIONAL_DEPS)$',
  VARIABLES_OF_SOURCES, '^(PIP_CONFIG_FILE|BUNDLE_GEMFILE)$', '^GIT_CONFIG_|^SPRING_CONFIG_IMPORT$',
].join('|'), 'i');

/** With a name of code, such as `MODEL_URI`: where the code is. */
const LOCATION = /(bucket|dir|file|folder|jar|location|path|repository|s3|ur[il])s?$/i;

/** Quotes before a word, also of a script within JSON. */
const QUOTES = '(\\\\?["\'])*';

/** A folder before a variable with the name of a program, such as `./$NAME`. */
const FOLDER = `(${QUOTES}[\\w./-]*/)?`;

/** Where a command can start: a script, a line or an item of a list, and after another command. A list is no comparison, such as `[ "$A" = b ]`. */
const STARTS = [
  '^\\s*', '\\n[^\\S\\n]*(-\\s+)?', '\\[(?!\\s+[^\\s,]+\\s+([=!]=?~?|-(eq|ne|[lg][te]))\\s)[^\\S\\n]*', ',\\s*(?=\\\\?["\'])', '(;|(?<!>)&|\\||`|(?<!\\w)\\(|\\{\\s)\\s*',
];

/** Functions of languages that run or load what they get. Arguments of others are data. */
const FUNCTIONS = '\\b(eval|exec|import|load|popen|require|run|source|spawn|system)\\w*\\(\\s*';

/** What can be between the start of a command and the command: a word that runs it in the same shell, and variables for it. */
const BEFORE_COMMAND = '([!.][^\\S\\n]+)?(\\w+=[\\w./:-]*[^\\S\\n]+)*';

/** Words of shells after which a command follows. Options can have the same names, such as `--eval`. */
const OF_SHELLS = 'do|elif|else|eval|exec|if|iex|Invoke-Expression|source|then|time|trap|until|while';

/** Programs that run their first argument, as a command or as a name of what is installed. */
const RUNNERS = 'dumb-init|env|nice|nohup|npx|make|setsid|sudo(\\s+-E)?(\\s+-u\\s+\\w+)?|timeout|tini|uvx|xargs|(go|npm|pnpm|yarn)\\s+run|(gosu|su-exec|ssh)\\s+[\\w.@][\\w.@-]*';

/** Programs that run the file or the script that their first argument is. */
const INTERPRETERS = '((ba|da|k|z)?sh|python|perl|node|ruby|php|java|pwsh|powershell)[\\d.]*';

/** What can be between a program and its first argument: options, also with numbers, and variables. */
const OPTIONS = '(\\s+(-\\S+|\\d\\S*|!|pipefail|\\w+=\\S*))*(\\s*<<<\\s*|\\s+)';

/** Words before an argument of a download that is no address: they are of a header, or of an option for a user, a password or data. */
const NO_ADDRESS = '(?<!(:|\\b([Bb]asic|[Bb]earer|[Tt]oken)|\\s(-\\w*[Hu]|--(data|header|password|post|user)[\\w-]*)))';

/**
 * Whether whoever decides the value of a variable decides what runs: by its name, or because a script has it where a command is, hands it to a shell, or gets code
 * by it. Another argument is data.
 *
 * @param variable undefined if only the deployment knows its name.
 */
export const decidesWhatRuns = (variable: string | undefined, scripts: readonly string[]): boolean => variable === undefined
  || DECIDING.test(variable)
  || (isNameOfCode(variable) && LOCATION.test(variable))
  || scripts.some((script) => script.includes(variable) && runs(script, variable));

/** As shells, PowerShell and Kubernetes write it. */
function runs(script: string, variable: string): boolean {
  const expanded = `${QUOTES}\\$[({]?(env:)?${escapedForRegExp(variable)}\\b`;
  const command = `${FOLDER}${expanded}`;
  return new RegExp(`((${STARTS.join('|')})${BEFORE_COMMAND}|${FUNCTIONS})${command}`).test(script)
    || isAfter(`(\\b(${OF_SHELLS}|${INTERPRETERS})|(?<!-)\\b(${RUNNERS}))${OPTIONS}`, command, script)
    || commandsIn(script).some((one) => one.includes(variable) && getsCode(one, expanded));
}

/** Whether a command gets code by a variable: it runs it, or writes it to a file that no name says to be data. */
function getsCode(command: string, expanded: string): boolean {
  return (runsWhatItGets(command) && new RegExp(`\\s${expanded}`).test(command))
    || (isDownload(command) && !isOfData(command) && new RegExp(`${NO_ADDRESS}\\s${expanded}`).test(command))
    || (command.split(/[\s"']+/).some((word) => OF_CODE.test(word)) && isAfter('\\baws\\s+s3\\s+(cp|mv|sync)(\\s+-\\S+)*\\s+', `(${QUOTES}s3://)?${expanded}`, command));
}

/** Whether all files to which a command writes what it gets are data, by their names. */
function isOfData(command: string): boolean {
  const files = [...command.matchAll(/ (?:-\w*[oO]|--output)[ =]+["']?([^\s"']+)/g)];
  return files.length > 0 && files.every(([, file]) => OF_DATA.test(file));
}

/** Whether a text is after one of what can be before it. All options are of the first program, so that a text is read once, however many are in it. */
const isAfter = (before: string, text: string, script: string): boolean =>
  [...script.matchAll(new RegExp(`${before}(?<found>${text})?`, 'g'))].some(({ groups }) => groups?.found !== undefined);

/** Those of a container of a pod. */
export function decidingVariables(container: Resolved): Resolved[] {
  const variables = listOf(valueAt(container, 'env')).filter((variable) => valueAt(variable, 'valueFrom') !== undefined);
  const scripts = variables.length > 0 ? scriptsIn(container) : [];
  return variables.filter((variable) => decidesWhatRuns(literalOf(valueAt(variable, 'name')), scripts));
}
