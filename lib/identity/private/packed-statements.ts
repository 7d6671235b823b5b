import * as iam from 'aws-cdk-lib/aws-iam';
import { sizeOf } from './policy-size';

/** In characters, without white space. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST = 6_144;

const LEFT_BY_AN_EMPTY_POLICY = MOST - sizeOf({ Version: '2012-10-17', Statement: [] });

/** The size of a statement in a policy, in characters. */
type Measure = (statement: iam.PolicyStatement) => number;

/** Distributes statements over policies, in their order. A statement that is too large alone is divided by its resources. */
export function packedStatements(statements: iam.PolicyStatement[], measure: Measure): iam.PolicyStatement[][] {
  const policies: iam.PolicyStatement[][] = [];
  let left = 0;
  for (const statement of withUniqueIds(statements.flatMap((each) => divided(each, measure)))) {
    const size = measure(statement) + 1; // with a comma
    if (size > left) {
      policies.push([]);
      left = LEFT_BY_AN_EMPTY_POLICY;
    }
    policies.at(-1)!.push(statement);
    left -= size;
  }
  return policies;
}

function divided(statement: iam.PolicyStatement, measure: Measure): iam.PolicyStatement[] {
  const { resources } = statement;
  if (resources.length < 2 || measure(statement) < LEFT_BY_AN_EMPTY_POLICY) {
    return [statement];
  }
  const half = Math.ceil(resources.length / 2);
  return [resources.slice(0, half), resources.slice(half)].flatMap((part) => divided(statement.copy({ resources: part }), measure));
}

/** IAM rejects a policy in which two statements have the same `Sid`. */
function withUniqueIds(statements: iam.PolicyStatement[]): iam.PolicyStatement[] {
  const ids = new Set<string>();
  return statements.map((statement) => {
    const { sid } = statement;
    if (sid === undefined) {
      return statement;
    }
    let unique = sid;
    for (let i = 2; ids.has(unique); i++) {
      unique = `${sid}${i}`;
    }
    ids.add(unique);
    return unique === sid ? statement : statement.copy({ sid: unique });
  });
}
