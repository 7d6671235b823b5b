import { listOf, mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { withTexts } from '../../values/with-texts';
import { givenText } from '../kubernetes-object';

/** How the names of properties end that have the variables of containers, what runs in these, and all variables from an object. */
const ENVIRONMENT = /env(ironment)?(_?var(iable)?s)?$/i;
const COMMAND = /(args|command|entrypoint|scripts?|source|workingDir)$/i;
const ALL_FROM = /envFrom$/i;

/** How the names of properties end that name a ConfigMap or a Secret. */
export const NAMING = { configMap: /(config_?maps?(_?name|_?ref)?|CM)$/i, secret: /secrets?(_?name|_?ref)?$/i } as const;

/** What is said to be of an environment. */
export const OF_ENVIRONMENT = /env/i;

/** The variables in a map, and the map if it is one that gets its value from somewhere, such as a parameter of a workflow. */
export const variablesOf = (map: ResolvedMap): Resolved[] => [
  ...(map.get('name') !== undefined && map.get('valueFrom') !== undefined ? [map] : []),
  ...map.entries.filter(([{ literal = '' }]) => ENVIRONMENT.test(literal))
    .flatMap(([, inner]) => (inner instanceof ResolvedMap ? inner.entries.map(([name, value]) => variable(name, value)) : listOf(inner))),
];

const variable = (name: Text, value: Resolved): ResolvedMap => {
  const entries = value instanceof ResolvedMap ? value.entries : mapOf({ value }).entries;
  return new ResolvedMap([...mapOf({ name }).entries, ...entries]);
};

/** What is like the items of `envFrom`. */
export const sourcesOfVariables = (map: ResolvedMap): Resolved[] => map.entries.flatMap(([{ literal = '' }, inner]) => (ALL_FROM.test(literal) ? listOf(inner)
  : !OF_ENVIRONMENT.test(literal) ? [] : [
    ...(NAMING.configMap.test(literal) ? namesIn(inner).map((name) => mapOf({ configMapRef: mapOf({ name }) })) : []),
    ...(NAMING.secret.test(literal) ? namesIn(inner).map((name) => mapOf({ secretRef: mapOf({ name }) })) : []),
  ]));

/** The names that a value has, or that are in its maps. */
export const namesIn = (value: Resolved): Text[] => listOf(value).flatMap((item) => givenText(item instanceof ResolvedMap ? item.get('name') : item) ?? []);

/** Parameters of workflows, as Argo Workflows and Tekton write them. */
const PARAMETER = /\{\{=?\s*(?:inputs|workflow)\.parameters\.([\w-]+)\s*\}\}|\$\((?:inputs\.)?params\.([\w-]+)\)/g;

/** What a map has containers run. A parameter of a workflow is in it like a variable. */
export const commandsOf = ({ entries }: ResolvedMap): ResolvedMap =>
  new ResolvedMap(entries.filter(([{ literal = '' }, inner]) => COMMAND.test(literal) || (inner instanceof Text && isCommand(inner)))
    .map(([name, inner]) => [name, withTexts(inner, withVariables)]));

/** How the location of a file in the image, or in a volume, can start. @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#dependency-management */
const LOCAL = /^(file|local):\/\//;

const isCommand = (text: Text): boolean => /\s/.test(`${text}`) || LOCAL.test(text.start);

const withVariables = ({ parts }: Text): Text =>
  Text.join(parts.map((part) => Text.ofPart(typeof part === 'string' ? part.replace(PARAMETER, '$$$1$2').replace(LOCAL, '') : part)));
