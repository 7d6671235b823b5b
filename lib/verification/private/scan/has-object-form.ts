import { isObject } from '../assembly/template';

/** Whether tools that read only objects can read a policy document of a template: intrinsic functions stand only for single values, not for parts with keys. */
export function hasObjectForm(document: unknown): boolean {
  return isObject(document) && 'Statement' in document && [document.Statement].flat().every(isStatement);
}

/** aws-cdk's `CfnJson` puts the condition, or what an operator compares, behind `Fn::GetAtt`. */
const isStatement = (statement: unknown) => isObject(statement) && !isIntrinsic(statement)
  && (statement.Condition === undefined || (isPlain(statement.Condition) && Object.values(statement.Condition).every(isPlain)));

const isPlain = (value: unknown): value is { [name: string]: unknown } => isObject(value) && !isIntrinsic(value);

const isIntrinsic = (value: { [name: string]: unknown }) => Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
