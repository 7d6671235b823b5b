import { isRun, runFilesIn } from './run-files';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { withoutPrefix } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';

/** A line of a script, with those that continue it. */
export interface ScriptLine {
  readonly line: Text;
  /** Whether it starts with a command. One with spaces before it may be the content of a file, unless the script is one of a shell. */
  readonly startsCommand: boolean;
}

/** Where the lines of a file start that a script has in it, and what ends them. `<<<` gets a word, and `1 << 4` is a number. */
const STARTS_FILE = /(?<![<\w])<<(?!<)[-~]?[ \t]*\\?["']?([A-Za-z_][\w.-]*)/;

/** A shell that gets such a file, or the name of a script. */
const OF_SHELL = /(?<![\w-])(ba|da|k|z)?sh(?!\w)/;

/** A program that gets such a file, and how a file of one starts. */
const OF_PROGRAM = /(?<![\w-])(python[\d.]*|perl|ruby|node|php)( +-)? *<<|^#!.*(python|perl|ruby|node|php)/;

/** The file that gets these lines. */
const TO_FILE = /(?:>>?[ \t]*|\btee[ \t]+(?:-a[ \t]+)?)["']?([^\s"'<>&|;]+)/;

/** Commands of a unit of systemd. @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines */
const OF_UNIT = /^\s*Exec(Start|Stop|Reload|Condition)(Pre|Post)?=[-@:+!|]*/;

/** How scripts of a shell start, also as a part of a MIME text, and on Windows. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
const SHELL_SCRIPT = /^(#!|<(powershell|script)>)/;

/** How the next part of a MIME text starts. */
const NEXT_PART = /^content-type:/i;

/** A key of cloud-init or EC2 Image Builder, at the start of a line. */
const KEY = /^\s*(?:- +)?["']?(\w+)["']?:(?:\s|$)/;

/** The keys with lists of commands. @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#runcmd */
const OF_COMMANDS = /^(runcmd|bootcmd|commands)$/;

/** The lines of a script that are commands, and not comments or the content of a file. */
export function scriptLines(script: Text): ScriptLine[] {
  const lines: Array<{ readonly texts: Text[]; readonly startsCommand: boolean }> = [];
  const all = wordsOf(script, /\n/);
  const lastOf = new Map(all.map(({ literal }, i) => [literal?.trim(), i]));
  const run = runFilesIn(`${script}`);
  let [end, isProgram, continues, isInCommands]: [string | undefined, boolean, boolean, boolean] = [undefined, false, false, false];
  let isOfShell = SHELL_SCRIPT.test(script.start.trimStart());
  for (const [i, line] of all.entries()) {
    const [written, { start }] = [`${line}`, line];
    const unit = OF_UNIT.exec(start)?.[0];
    if (unit !== undefined || (end !== undefined && isProgram && startsUnknown(line))) {
      lines.push({ texts: [unit === undefined ? line : withoutPrefix(line, unit)], startsCommand: true });
    }
    if (end !== undefined) {
      end = line.literal?.trim() === end ? undefined : end;
      continue;
    }
    isOfShell = SHELL_SCRIPT.test(start) || (isOfShell && !NEXT_PART.test(start));
    const isComment: boolean = !continues && /^\s*#/.test(start);
    const file = isComment ? undefined : STARTS_FILE.exec(written)?.[1];
    const next = all[i + 1]?.start ?? '';
    isProgram = OF_PROGRAM.test(written) || OF_PROGRAM.test(next);
    const isOfCommands = OF_SHELL.test(written) || (!isProgram && (next.startsWith('#!') || isRun(TO_FILE.exec(written)?.[1] ?? '', run)));
    end = file === undefined || isOfCommands || (lastOf.get(file) ?? -1) <= i ? undefined : file;
    const key = KEY.exec(start)?.[1];
    isInCommands = key === undefined ? isInCommands : OF_COMMANDS.test(key);
    const startsCommand = isInCommands || (/^\s*-\s/.test(start) ? false : isOfShell || !/^\s/.test(start));
    if (continues) {
      lines.at(-1)!.texts.push(line);
    } else if (!isComment) {
      lines.push({ texts: [line], startsCommand });
    }
    continues = !isComment && /\\\r?$/.test(written);
  }
  return lines.map(({ texts, startsCommand }) => ({ line: Text.join(texts, ' '), startsCommand }));
}

/** Whether a program has a value there as it is, which is no text of it. */
const startsUnknown = ({ start, parts: [first, second] }: Text): boolean =>
  first instanceof Unknown || (start.trim() === '' && second instanceof Unknown);
