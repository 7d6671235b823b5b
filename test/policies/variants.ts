import { Statement } from './controller-table';

/** A policy that lacks one thing, and what that is. */
export interface Variant {
  readonly without: string;
  readonly statements: Statement[];
}

const list = <T>(items: T | T[]): T[] => [items].flat() as T[];

const replaced = (statements: Statement[], index: number, statement: Statement) => statements.map((each, i) => (i === index ? statement : each));

/** The policy without each of its actions, and without each of its resources. */
export const tighter = (statements: Statement[]): Variant[] => statements.flatMap((statement, index) =>
  (['Action', 'Resource'] as const).flatMap((element) => list(statement[element]).map((item) => ({
    without: `${element} ${item} of statement ${index + 1}`,
    statements: without(item, element, statements, index),
  }))));

function without(item: string, element: 'Action' | 'Resource', statements: Statement[], index: number): Statement[] {
  const others = list(statements[index][element]).filter((other) => other !== item);
  return others.length > 0 ? replaced(statements, index, { ...statements[index], [element]: others }) : statements.filter((_, i) => i !== index);
}

/** The policy without each of its conditions, and with all resources in place of those of each statement. */
export const looser = (statements: Statement[]): Variant[] => statements.flatMap((statement, index) => [
  ...(list(statement.Resource).includes('*') ? [] : [{
    without: `Resource of statement ${index + 1}`, statements: replaced(statements, index, { ...statement, Resource: '*' }),
  }]),
  ...conditionsOf(statement).map(([operator, key]) => ({
    without: `Condition ${operator} ${key} of statement ${index + 1}`, statements: replaced(statements, index, withoutCondition(statement, operator, key)),
  })),
]);

const conditionsOf = ({ Condition = {} }: Statement) => Object.entries(Condition)
  .flatMap(([operator, keys]) => Object.keys(keys).map((key) => [operator, key] as const));

function withoutCondition(statement: Statement, operator: string, key: string): Statement {
  const { [key]: _, ...others } = statement.Condition![operator];
  return { ...statement, Condition: { ...statement.Condition, [operator]: others } };
}
