import { elementProblems } from './elements';
import { parseStatement } from './parse-statement';
import { Policy } from './policy';
import { ParsedPolicy, PolicyKind, Statement } from './statement';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';

const ELEMENTS = ['Version', 'Id', 'Statement'];
const VERSIONS = ['2012-10-17', '2008-10-17'];

const parsed: Record<PolicyKind, WeakMap<Policy, ParsedPolicy>> = { identity: new WeakMap(), resource: new WeakMap(), trust: new WeakMap() };

/**
 * Reads a policy, once. What is malformed or unknown becomes a problem, and never a statement that does less.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(policy: Policy, kind: PolicyKind): ParsedPolicy {
  const known = parsed[kind].get(policy);
  if (known) {
    return known;
  }
  const result = parse(policy, kind);
  parsed[kind].set(policy, result);
  return result;
}

function parse(policy: Policy, kind: PolicyKind): ParsedPolicy {
  const { document, unknown = 'the document is unknown' } = policy;
  if (document === undefined) {
    return unreadable(policy, unknown);
  }
  if (!(document instanceof ResolvedMap)) {
    return unreadable(policy, 'the document must be an object');
  }
  const problems = elementProblems(document, ELEMENTS);
  const version = document.get('Version');
  if (version !== undefined && !(version instanceof Text && VERSIONS.includes(version.literal ?? ''))) {
    problems.push(`Version must be one of ${VERSIONS.join(', ')}`);
  }
  const hasVariables = version instanceof Text && version.literal === VERSIONS[0];
  return { policy, hasVariables, statements: statementsOf(policy, kind, document.get('Statement'), hasVariables, problems), problems };
}

function statementsOf(policy: Policy, kind: PolicyKind, value: Resolved, hasVariables: boolean, problems: string[]): Statement[] {
  const statements = listOf(value);
  if (statements.length === 0) {
    problems.push('the document has no Statement');
  }
  return statements.flatMap((statement, i) => {
    const index = Array.isArray(value) ? `Statement[${i}]` : 'Statement';
    if (!(statement instanceof ResolvedMap)) {
      problems.push(`${index} must be an object`);
      return [];
    }
    return [parseStatement(policy, kind, statement, index, hasVariables)];
  });
}

const unreadable = (policy: Policy, problem: string): ParsedPolicy => ({ policy, hasVariables: false, statements: [], problems: [problem] });
