import { combinations, Compared, differentStatements } from '../verification/diff/growing-policies';
import { accountRole, clusterTemplate } from '../verification/templates';

/** Templates before and after a change, and what is assumed about both. */
export interface ComparedTemplates {
  readonly before: object;
  readonly after: object;
  readonly assumptions: object;
}

function policies([before, after]: Compared): ComparedTemplates {
  const [old, now] = [before, after].map((statements) => clusterTemplate({ Role: accountRole('default:app', ...statements) }));
  return { before: old, after: now, assumptions: {} };
}

const statements = (count: number) => () => policies(differentStatements(count, (name) => ({ Resource: `arn:aws:s3:::${name}-*` })));

/** What is compared, by what the table calls it. */
export const COMPARED: { readonly [title: string]: () => ComparedTemplates } = {
  '1 statement: 20 actions, 20 resources, 3 condition keys with 20 values each': () => policies(combinations(20)),
  '100 statements with 100 others': statements(100),
  '1,000 statements with 1,000 others': statements(1_000),
  '3,000 statements with 3,000 others': statements(3_000),
};
