import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decisionIn } from './code-apps';
import { MODES, outside } from '../outside';
import { CODE } from './outside/code';
import { CREDENTIALS } from './outside/credentials';
import { EXCEPTIONS } from './outside/exceptions';
import { SetUp } from './outside/set-up';
import { WORKFLOWS } from './outside/workflows';

/** One for each kind of things that can be outside. What a resource is deployed as is written with it. */
const SET_UPS: { readonly [what: string]: SetUp } = { ...WORKFLOWS, ...CODE, ...CREDENTIALS };

const OUTSIDE = Object.entries(SET_UPS).flatMap(([what, setUp]) =>
  Object.entries(setUp.outside).flatMap(([id, values]) => MODES.map((mode) => ({ what, id, mode, values, setUp }))));

const REFERENCE = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'verification-reference.md'), 'utf8').replace(/\s+/g, ' ');

const outcomeOf = ({ resources, statements }: SetUp, sections: object): string => decisionIn(sections, resources, ...statements).outcome;

test.each(Object.entries(SET_UPS))('a pod might get credentials by %s', (_, setUp) => {
  expect(outcomeOf(setUp, {})).not.toBe('DENIED');
});

test.each(OUTSIDE)('a pod might get credentials by $what, also if $id is $mode', ({ id, mode, values, setUp }) => {
  const { changed, Parameters } = outside(setUp, id, values, mode);
  expect(outcomeOf(changed, { Parameters })).not.toBe('DENIED');
});

test.each(Object.entries(EXCEPTIONS))('the reference says that %s does not count outside the templates', (_, setUp) => {
  const outcomes = Object.entries(setUp.outside).flatMap(([id, values]) => MODES.map((mode) => {
    const { changed, Parameters } = outside(setUp, id, values, mode);
    return outcomeOf(changed, { Parameters });
  }));
  expect(outcomeOf(setUp, {})).toBe('UNKNOWN');
  expect(outcomes).toContain('DENIED');
  expect(REFERENCE).toContain(setUp.sentence);
});
