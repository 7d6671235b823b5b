import { Variable } from './container-variables';
import { ANY_VALUE, matchesIn } from '../../values/matches';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';

/** No name or URL is longer. */
export const LONGEST_VALUE = 1_000;

/** A value without quotes, in which that of another variable can be, or one that only the deployment knows. */
const UNQUOTED = `(?:${ANY_VALUE}|\\$\\{[^\\s{}"']{1,100}\\}|[^\\s"'\`;&|()<>,{}[\\]]){1,${LONGEST_VALUE}}`;

/** A value, with or without quotes. In a shell, one with quotes can follow another one. */
const VALUE = `((?:"[^"\\n]{0,${LONGEST_VALUE}}"|'[^'\\n]{0,${LONGEST_VALUE}}'|${UNQUOTED})(?:(?:"[^"\\s,]{1,200}"|'[^'\\s,]{1,200}')(?:${UNQUOTED})?){0,4})`;

/**
 * What assigns a value to a variable, in a shell, in a language, in a buildspec or in a Dockerfile. Only languages have spaces before `=`, and have quotes after it.
 * The value can have other assignments in it, as that of an option can be a script.
 */
const ASSIGNS = new RegExp(`(?<![\\w-])([A-Za-z_]\\w*)["']?\\]?(?:(?::[ \\t]*\\w{1,50})?[ \\t]*:?=[ \\t]*(?=["'])|=|:[ \\t]*)(?=${VALUE})`, 'g');

/** What a shell sets if a variable has no value. @see https://www.gnu.org/software/bash/manual/html_node/Shell-Parameter-Expansion.html */
const BY_DEFAULT = new RegExp(`\\$\\{([A-Za-z_]\\w*):?[-=]["']?((?:${ANY_VALUE}|[^\\s"'}$]){1,${LONGEST_VALUE}})["']?\\}`, 'g');

/** The same in languages: `os.environ.get("V", "x")` and `process.env.V || "x"`. */
const OTHERWISE = new RegExp(
  `(?:env|environ|ENV)(?:\\.get|\\.fetch)?(?:\\.|[[(]["'])([A-Za-z_]\\w*)(?:["'][\\])]?)? ?(?:,|\\|\\||\\?\\?) ?["']((?:${ANY_VALUE}|[^"'\\n]){1,${LONGEST_VALUE}})["']`, 'g');

/** The variable that has the one or the other then: `const bucket = process.env.BUCKET || "x"`. */
const ALIAS = new RegExp(
  `(?<![\\w-])([A-Za-z_]\\w*) ?= ?[\\w.]{1,100}(?:[[(]["']\\w{1,100}["'][\\])]?)? ?(?:,|\\|\\||\\?\\?|\\bor\\b) ?["']((?:${ANY_VALUE}|[^"'\\n]){1,${LONGEST_VALUE}})["']`, 'g');

/** How many words of a loop are looked at: a variable with more of them has any value. */
const MOST_WORDS = 9;

/** A loop of a shell, whose variable has each of some words. */
const LOOP = /\bfor[ \t]+([A-Za-z_]\w*)[ \t]+in[ \t]+([^\n;`()*]{1,1000})(?:;|\n)\s*do\b/g;

interface Assigned extends Variable {
  /** Whether it may be a variable of a program, which is written without anything before its name. */
  readonly isOfProgram: boolean;
}

/** The variables to which a script, a program or a buildspec assigns values. It can assign several to one. */
export const assignedIn = (script: Text): Assigned[] => (mayAssign(script) ? [ASSIGNS, BY_DEFAULT, OTHERWISE, ALIAS, LOOP] : [])
  .flatMap((pattern) => matchesIn(script, pattern).flatMap(([{ literal: name }, value]) => (name === undefined || value.parts.length === 0 ? []
    : (pattern === LOOP ? wordsOf(value, /\s+/) : [value]).filter(({ parts }) => parts.length > 0).slice(0, MOST_WORDS)
      .map((one) => ({ name, value: withoutQuotes(one), isOfProgram: pattern === ALIAS || (pattern !== LOOP && /^["']/.test(one.start)) })))));

const mayAssign = ({ parts }: Text): boolean => parts.some((part) => typeof part === 'string' && /\w["'\]]* *[=:,|?]|\bfor\b/.test(part));

const withoutQuotes = ({ parts }: Text): Text => Text.join(parts.map((part) => Text.ofPart(typeof part === 'string' ? part.replace(/["']/g, '') : part)));
