import { execFileSync } from 'node:child_process';
import { ROOT } from './documents';

const CODE = ['lib', 'bin', 'replay', 'local-aws', 'projenrc'].flatMap((folder) => ['ts', 'mjs', 'cjs'].map((ending) => `${folder}/*.${ending}`));

/** Names of functions that would mean something else in each file, with one that says what the function is about. */
const VAGUE: { readonly [name: string]: string } = {
  keyOf: 'what it identifies: accountKey, ruleKey',
  keysOf: 'what it identifies: ruleKeys, conditionKeys',
  identityOf: 'what it identifies: accountIdentity, namespaceIdentity',
  checked: 'what it checks: checkedIssuer, checkedPrefixes',
  named: 'what has the name: policiesOf, settingNames',
  shown: 'what is shown: shownText, shownPrincipals',
  written: 'what it writes: writtenPolicy, fileContent',
  listed: 'what is in the list: accountNames, listItems',
  known: 'what is known: textIfKnown, possibleIds',
};

/** Words that only this code used, with plain ones. */
const INVENTED: { readonly [word: string]: string } = {
  'brings?|bringers': 'mayDependOnSet: other objects of the set may need it',
  'wayOut': 'howToResolve, or the problem that a fix is for',
  'insist': 'retry',
  'wish(es)?': 'desired',
};

const found = (pattern: string, ...options: string[]) => {
  try {
    return execFileSync('git', ['grep', '--untracked', '-nE', ...options, pattern, '--', ...CODE], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  } catch (error) {
    if ((error as { status?: number }).status === 1) { // nothing was found
      return [];
    }
    throw error;
  }
};

const declarations = (name: string) => `^(export )?(async )?(function\\*? |(const|let) )${name}( =|:|<|\\()`;

test.each(Object.entries(VAGUE))('no function of a module has the vague name %s, instead of a name that says %s', (name) => {
  expect(found(declarations(name)).filter((line) => /=>|function/.test(line))).toEqual([]);
});

test.each(Object.entries(INVENTED))('no code has the invented word %s, instead of %s', (word) => {
  expect(found(`\\b(${word})\\b`, '-i')).toEqual([]);
});

test('declarations are found', () => {
  expect(found(declarations('accountKey')).length).toBeGreaterThan(0);
  expect(found(declarations('refusal')).length).toBeGreaterThan(0);
});
