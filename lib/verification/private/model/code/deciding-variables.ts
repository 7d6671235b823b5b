import { isNameOfCode } from './code-names';
import { scriptsIn } from './commands';
import { commandsIn, runsWhatItGets } from './shell-commands';
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
  'OPT(ION)?S?$', '(^|_)(JAVA|JVM|NODE)_(\\w+_)?(ARGS|FLAGS)$', 'PRELOAD$', '(LIBRARY|CLASS|PYTHON|NODE|PROFILER)_?PATH(_\\d+)?$', '(RUBY|PERL5?)_?LIB$',
  '(STARTUP(_HOOKS)?|COMMAND|SCRIPT|WRAPPER)$', '^(NPM|PIP|UV|YARN)_\\w*(INDEX|REGISTRY)', '^GOPROXY$',
].join('|'), 'i');

/** With a name of code, such as `MODEL_URI`: where the code is. */
const LOCATION = /(dir|file|folder|location|path|repository|ur[il])s?$/i;

/** Quotes before a word, also of a script within JSON. */
const QUOTES = '(\\\\?["\'])*';

/** How what follows can be a command: at the start of a script, a line or an item of a list, after another command, or after a word with which shells run it. */
const BEFORE_COMMAND = [
  '^\\s*', '\\n\\s*(-\\s+)?', `\\[\\s*${QUOTES}`, ',\\s*\\\\?["\']', '(;|&&|\\||`|\\(|\\{\\s)\\s*', '\\b(do|else|eval|exec|nohup|source|sudo|then|time|xargs)\\s+',
];

/** Programs that run what their first argument is, after options. */
const INTERPRETER = '\\b((ba|da|k|z)?sh|python|perl|node|ruby|php|java|pwsh|powershell)[\\d.]*(\\s+(-\\S+|pipefail))*\\s+';

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
  return new RegExp(`(${[...BEFORE_COMMAND, INTERPRETER].join('|')})${expanded}`).test(script)
    || commandsIn(script).some((command) => runsWhatItGets(command) && new RegExp(`\\s${expanded}`).test(command));
}

/** Those of a container of a pod. */
export function decidingVariables(container: Resolved): Resolved[] {
  const variables = listOf(valueAt(container, 'env')).filter((variable) => valueAt(variable, 'valueFrom') !== undefined);
  const scripts = variables.length > 0 ? scriptsIn(container) : [];
  return variables.filter((variable) => decidesWhatRuns(literalOf(valueAt(variable, 'name')), scripts));
}
