import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { sizeOf } from './policy-size';

/**
 * In characters. Below the quota of a managed policy, 6,144, because the name of the cluster becomes a policy variable, which can be longer, if clusters
 * share the role.
 */
const MOST = 5_600;

const EMPTY = sizeOf({ Version: '2012-10-17', Statement: [] });

/** Distributes statements over policies, in their order. A statement that is too large alone is divided by its resources. */
export function packedStatements(stack: Stack, statements: iam.PolicyStatement[]): iam.PolicyStatement[][] {
  const policies: iam.PolicyStatement[][] = [];
  let left = 0;
  for (const statement of statements.flatMap((each) => divided(stack, each))) {
    const size = statementSize(stack, statement);
    if (size > left) {
      policies.push([]);
      left = MOST - EMPTY;
    }
    policies.at(-1)!.push(statement);
    left -= size;
  }
  return policies;
}

function divided(stack: Stack, statement: iam.PolicyStatement): iam.PolicyStatement[] {
  const { resources } = statement;
  if (resources.length < 2 || statementSize(stack, statement) <= MOST - EMPTY) {
    return [statement];
  }
  const half = Math.ceil(resources.length / 2);
  return [resources.slice(0, half), resources.slice(half)].flatMap((part) => divided(stack, statement.copy({ resources: part })));
}

/** With the comma after it. */
const statementSize = (stack: Stack, statement: iam.PolicyStatement) => sizeOf(stack.resolve(statement.toStatementJson())) + 1;
