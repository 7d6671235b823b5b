import { ObjectOfCode } from './object-of-code';
import { escapedForRegExp } from '../../values/escaped';
import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';
import { decidesWhatRuns } from '../code/deciding-variables';
import { commandsIn, runsInShell, runsWhatItGets } from '../code/shell-commands';

/** How kubectl and the paths of the API server call them. */
const KINDS: { readonly [resource: string]: ObjectOfCode['kind'] } =
  { cm: 'ConfigMap', configmap: 'ConfigMap', configmaps: 'ConfigMap', secret: 'Secret', secrets: 'Secret' };

/** Words that a script has which reads one. Most have none. */
const WORDS = [/\bkubectl\b|\boc\b|\/namespaces\//, /\b(cm|configmaps?|secrets?)\b/i];

/** A request of a command for an object, and what the command does before and after it. */
interface Read extends ObjectOfCode {
  readonly before: string;
  readonly after: string;
}

/**
 * The ConfigMaps and Secrets that scripts read through the API server to run or to apply what is in them. To apply one as a whole, as to copy it, is not to apply what is
 * in it.
 *
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_get/
 */
export const objectsInScripts = (scripts: readonly string[]): ObjectOfCode[] => scripts
  .filter((script) => WORDS.every((words) => words.test(script)))
  .flatMap((script) => commandsIn(script).flatMap((command, i, all) => [...readByKubectl(command), ...readByPath(command)]
    .filter((read) => isRun(read, command, scripts) || isRunAsFile(read, all.slice(i + 1)))
    .map(({ kind, name, namespace, isOptional }) => ({ kind, name, isOptional, ...namespace && { namespace } }))));

const OF_DATA = /\bdata\b/i;

function isRun({ before, after }: Read, command: string, scripts: readonly string[]): boolean {
  const variable = /(\w+)=["']?(\$\(|`)[^)`]*$/.exec(before.slice(-200))?.[1];
  return runsInShell(command) || (runsWhatItGets(after) && OF_DATA.test(command)) || (variable !== undefined && decidesWhatRuns(variable, scripts));
}

/** Programs that run a file, before its name. */
const RUNNING = '(^|\\s)(\\.|exec|source|\\S*(sh|python|perl|node|ruby|php)[\\d.]*)(\\s+-\\S+)*';

/** Whether something is written to a file, which one of the next commands runs or applies. */
function isRunAsFile({ after }: Read, commands: readonly string[]): boolean {
  const file = /(?:(?<![\d&])>|\btee\b)\s*["']?([\w./-]+)/.exec(after)?.[1];
  const runs = file === undefined ? undefined : new RegExp(`(^|${RUNNING}\\s)\\s*["']?${escapedForRegExp(file)}(["'\\s]|$)`);
  return runs !== undefined && commands.some((command) => command.includes(file!) && (runs.test(command) || runsWhatItGets(command)));
}

/** Options without a value of their own. */
const WITHOUT_VALUE = /^(-[Aw]|--(all-namespaces|ignore-not-found|no-headers|show-labels|watch))$|=/;

function readByKubectl(command: string): Read[] {
  return [...command.matchAll(/\b(?:kubectl|oc)\b([^|)`<>&]*?)(?=\s\d>|[|)`<>&]|$)/g)].flatMap((match): Read[] => {
    const words = [...match[1].matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ''));
    const isValue = (i: number) => words[i - 1]?.startsWith('-') === true && !WITHOUT_VALUE.test(words[i - 1]);
    const [verb, resource = '', name] = words.filter((word, i) => !word.startsWith('-') && !isValue(i));
    const [kind, own = name] = resource.split('/');
    const inNamespace = / (?:-n|--namespace)[ =]?["']?([^\s"']+)/.exec(match[1])?.[1] ?? (/ (-A|--all-namespaces)\b/.test(match[1]) ? '*' : undefined);
    return verb === 'get' && Object.hasOwn(KINDS, kind.toLowerCase()) ? [readOf(kind, own, inNamespace, command, match)] : [];
  });
}

const readByPath = (command: string): Read[] => [...command.matchAll(/\/namespaces\/(\$\([^)\n]{0,200}\)|[^/\s]+)\/(configmaps|secrets)\b(?:\/([^\s"'?|)`]+))?/g)]
  .map((match) => readOf(match[2], match[3], /serviceaccount\/namespace/.test(match[1]) ? undefined : match[1], command, match));

function readOf(kind: string, name: string | undefined, namespace: string | undefined, command: string, { index, 0: all }: RegExpExecArray): Read {
  return {
    kind: KINDS[kind.toLowerCase()],
    name: textOf(name, 'name'),
    ...namespace !== undefined && { namespace: textOf(namespace, 'namespace') },
    isOptional: true,
    before: command.slice(0, index),
    after: command.slice(index + all.length),
  };
}

/** A word that is not a name of Kubernetes is a variable, or there is none. */
const textOf = (word: string | undefined, what: string): Text =>
  (word !== undefined && /^[a-z\d][a-z\d.-]*$/.test(word) ? Text.of(word) : derived(Text.of(word ?? 'any object'), `${what} in a script`));
