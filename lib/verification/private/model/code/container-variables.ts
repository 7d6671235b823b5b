import { isNameOfCode } from './code-names';
import { entryOf } from './commands';
import { NODE } from './node-hosts';
import { escapedForRegExp } from '../../values/escaped';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';

/** An environment variable. */
export interface Variable { readonly name: string; readonly value: Text }

/** Properties with the variables of a container, a build or a function. */
const OF_VARIABLES = ['env', 'environment', 'environmentvariables', 'variables'];

/** The variables of a container, as entries with a name and a value, or as a map. */
export const variablesOf = (container: ResolvedMap): Variable[] => OF_VARIABLES.flatMap((property) => {
  const variables = entryOf(container, property);
  return variables instanceof ResolvedMap ? textsOf(variables) : listOf(variables).flatMap((variable) => variableOf(variable) ?? []);
});

const textsOf = ({ entries }: ResolvedMap): Variable[] =>
  entries.flatMap(([{ literal }, inner]) => (literal !== undefined && inner instanceof Text ? [{ name: literal, value: inner }] : []));

function variableOf(value: Resolved): Variable | undefined {
  const [name, text = addressIn(value)] = value instanceof ResolvedMap ? ['name', 'value'].map((part) => textOf(entryOf(value, part))) : [];
  return name?.literal !== undefined && text ? { name: name.literal, value: text } : undefined;
}

/** Fields of pods with an address or a name of their node. @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#downwardapi-fieldRef */
const OF_NODE = /^(status\.hostIPs?|spec\.nodeName)$/;

const addressIn = (variable: Resolved): Text | undefined =>
  (OF_NODE.test(literalOf(valueAt(variable, 'valueFrom', 'fieldRef', 'fieldPath')) ?? '') ? NODE : undefined);

/** All variables, and parameters with a value or a default, below a value. */
export function variablesBelow(value: Resolved, property = ''): Variable[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap((item) => variablesBelow(item, property)) : [];
  }
  const isOfParameters = property.toLowerCase() === 'parameters';
  const own = OF_VARIABLES.includes(property.toLowerCase()) ? textsOf(value) : isOfParameters ? parametersIn(value) : [];
  const inner = value.entries.flatMap(([{ literal }, one]) => variablesBelow(one, literal));
  const name = literalOf(entryOf(value, 'name'));
  const values = [...['value', 'default'].map((part) => entryOf(value, part)), addressIn(value)];
  return [...own, ...(name === undefined ? [] : values.flatMap((one) => valuesOf(name, one))), ...inner];
}

/**
 * Those of a document of AWS Systems Manager, or of what runs it.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html
 */
const parametersIn = ({ entries }: ResolvedMap): Variable[] => entries.flatMap(([{ literal: name }, inner]) =>
  (name === undefined ? [] : valuesOf(name, inner instanceof ResolvedMap ? inner.get('default') : inner)));

/** A parameter can have a list as its value. */
const valuesOf = (name: string, value: Resolved): Variable[] =>
  listOf(value).flatMap((item) => (item instanceof Text ? [{ name, value: item }] : []));

/** Whether a command has a variable, as shells and Kubernetes write it. */
export const usesVariable = ({ parts }: Text, name: string): boolean =>
  parts.some((part) => typeof part === 'string' && new RegExp(`\\$[({]?${escapedForRegExp(name)}\\b`).test(part));

/** How the names of variables with a bucket, or with the key of an object in it, can end. */
const [BUCKET, KEY] = [/(^|_)BUCKET(_?NAME)?$/i, /(^|_)(KEY|OBJECT|PATH|PREFIX)$/i];

/** What two variables have in common that are about one object, such as `SCRIPTS_S3_BUCKET` and `SCRIPTS_S3_KEY`. */
const topicOf = (name: string, end: RegExp): string => name.replace(end, '').replace(/(^|_)S3$/i, '');

/** A location of code that several variables name: a bucket, and a key in it. */
export interface LocationOfCode { readonly location: Text; readonly isCode: boolean }

/**
 * The locations that variables have as a bucket and a key. One without a key counts if its name says that it has code, such as `DAGS_BUCKET`.
 */
export function locationsInVariables(variables: readonly Variable[]): LocationOfCode[] {
  const keys = variables.filter(({ name }) => KEY.test(name));
  return variables.filter(({ name }) => BUCKET.test(name)).flatMap((bucket): LocationOfCode[] => {
    const topic = topicOf(bucket.name, BUCKET);
    const isCode = isNameOfCode(bucket.name);
    const own = keys.filter(({ name }) => topicOf(name, KEY) === topic || (!isCode && isNameOfCode(name)));
    const location = (...rest: Text[]) => Text.join([Text.of('s3:/'), bucket.value, ...rest], '/');
    return own.length === 0 ? [{ location: location(), isCode }]
      : own.map(({ name, value }) => ({ location: location(value), isCode: isCode || isNameOfCode(name) }));
  });
}
