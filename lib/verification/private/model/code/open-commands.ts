import { formsOf } from './filled-texts';
import { isRun, runFilesIn } from './run-files';
import { scriptLines } from './script-lines';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { withoutPrefix } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';

/** Whether only the deployment knows a script, or one of its commands, as a whole. */
export const hasOpenCommand = (script: Text): boolean => script.unknowns.length > 0
  && (isUnknown(withoutSpaces(script)) || hasOpenLine(script));

/** Whether nothing is known of a text but spaces. */
const isUnknown = ({ parts: [first, ...others] }: Text): boolean => first instanceof Unknown && !first.encodes
  && others.every((part) => (typeof part === 'string' ? part.trim() === '' : !part.encodes));

const withoutSpaces = ({ parts: [first = '', ...others] }: Text): Text =>
  Text.join([typeof first === 'string' ? Text.of(first.trimStart()) : Text.unknown(first), ...others.map(Text.ofPart)]);

/** What is between commands, also where one is a part of another. A bar without spaces is mostly one in a pattern of `sed`. */
const BETWEEN_COMMANDS = new RegExp([
  '(?:\\bin|;;)[ \\t]+[^\\s()$`]{1,100}\\)(?=\\s)', ';|&&|\\|\\||(?<=\\s)\\||\\|(?=\\s)|&(?=\\s)|[$<]\\(|`',
  '\\(\\)[ \\t]*\\{(?=\\s)|\\bfunction[ \\t]+[\\w-]{1,100}[ \\t]*\\{',
].join('|'));

/** The pattern of a `case` at the start of a line, which is before commands. */
const PATTERN = /^\s*\(?[^\s()$`]{1,100}\)(?=\s)/;

/** A form in which a variable can have any value has unknown values that the script does not. */
function hasOpenLine(script: Text): boolean {
  const own = new Set(script.unknowns.map(({ id }) => id));
  const run = runFilesIn(`${script}`);
  return formsOf(script).some((form) => scriptLines(form).some(({ line, startsCommand }) => line.unknowns.some(({ id }) => own.has(id))
    && wordsOf(without(PATTERN, line), BETWEEN_COMMANDS).some((command, i, all) => (i > 0 || startsCommand || PATTERN.test(line.start))
      && (runsUnknown(command, own) || (isGivenToShell(command, all[i + 1], run) && runsUnknown(without(GIVES, command), own))))));
}

/** Whether what a command has is a script: the next one is a shell, or it writes a file that is run. */
function isGivenToShell(command: Text, next: Text = Text.EMPTY, run: ReadonlySet<string>): boolean {
  const file = TO_SCRIPT.exec(`${command}`)?.[1];
  return GIVES.test(command.start) && ((next.literal !== undefined && TO_SHELL.test(next.literal)) || (file !== undefined && isRun(file, run)));
}

function without(start: RegExp, command: Text): Text {
  const found = start.exec(command.start)?.[0];
  return found === undefined ? command : withoutPrefix(command, found);
}

/** A condition of a shell compares values, which are no commands. */
const CONDITION = /^\s*((if|while|until|elif|!)\s+)*(\[\[?\s|\(\()/;

/** A command that hands what it has to a shell, or writes it to a script. */
const [GIVES, TO_SHELL, TO_SCRIPT] = [/^\s*(echo|printf)\s/, /^\s*(sudo\s+)?(ba|da|k|z)?sh(\s+-\w*)*\s*$/, />\s*["']?([^\s"']+)/];

const BETWEEN_WORDS = /[\s,[\]{}()"'\\]+/;

/** What can be before a command: what runs it, and keys of lists of commands. */
const BEFORE_COMMAND = new RegExp([
  '^(-|!|\\.|if|then|else|elif|do|while|until|time|timeout|exec|eval|source|trap|pipefail|sudo|doas|nohup|nice|env|command|builtin|setsid|xargs|iex|invoke-expression',
  '([\\w.-]*/)*((ba|da|k|z|pw)?sh|python[\\d.]*|perl|node|ruby|php|powershell|cmd)(\\.exe)?|/c|\\d+[smh]?|(runcmd|bootcmd|commands)?:?)$',
].join('|'), 'i');

const OPTION_OR_VARIABLE = /^(--?\w|\w+=)/;

/** Programs that change the user, and run what follows `-c`. */
const OF_USERS = /^(su|runuser)$/;

/** Programs with a value after some of their options. */
const [WITH_VALUES, OPTION_WITH_VALUE] = [/^(sudo|doas|nice|env|timeout|powershell|pwsh)(\.exe)?$/i, /^(-[A-Za-z]*[ugnks]|-(executionpolicy|ep|windowstyle))$/i];

/** Whether a command, after what runs it, is one of some unknown values. */
function runsUnknown(command: Text, own: ReadonlySet<string>): boolean {
  if (command.unknowns.length === 0 || CONDITION.test(command.start)) {
    return false;
  }
  const words = wordsOf(command, BETWEEN_WORDS).filter(({ parts }) => parts.length > 0);
  const given = valuesIn(command);
  let program = '';
  for (let i = 0; i < words.length; i++) {
    const { start, literal } = words[i];
    if (given.has(words[i].key)) {
      continue;
    }
    if (isOfDeployment(words[i], own)) {
      return words[i + 1]?.literal !== '='; // what PowerShell assigns a value to
    }
    if (OF_USERS.test(start)) {
      const option = words.findIndex((word, at) => at > i && word.literal === '-c');
      return option > 0 && isOfDeployment(words[option + 1] ?? Text.EMPTY, own);
    }
    if (!OPTION_OR_VARIABLE.test(start) && (literal === undefined || !BEFORE_COMMAND.test(literal))) {
      return false;
    }
    i += WITH_VALUES.test(program) && OPTION_WITH_VALUE.test(literal ?? '') ? 1 : 0;
    program = start.startsWith('-') ? program : start;
  }
  return false;
}

/** The unknown values in quotes that a command assigns to variables, such as `STAGE="${Stage}"`. */
const valuesIn = ({ parts }: Text): ReadonlySet<string> => new Set(parts.flatMap((part, i) =>
  (part instanceof Unknown && /\w=["']$/.test(`${parts[i - 1] ?? ''}`) ? [Text.unknown(part).key] : [])));

/** Whether a word is a value that only the deployment knows. The account, the Region and the like are no commands. */
const isOfDeployment = (word: Text, own: ReadonlySet<string>): boolean =>
  isUnknown(word) && own.has(word.unknowns[0].id) && !word.unknowns[0].label.startsWith('AWS::');
