import { RBAC } from './api-groups';
import { OF_CHARTS } from './chart-values';
import { isObjectText, mayGenerate, objectsIn } from './generators';
import { destinationOf } from './other-clusters';
import { ABOUT_BINDINGS, bindingOf, bindingsByScript } from './scripted-bindings';
import { Interned } from '../../values/interned';
import { Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, textsIn } from '../../values/text-parts';
import { parseYaml } from '../../values/yaml-text';
import { scriptsIn } from '../code/commands';
import { KubernetesObject } from '../kubernetes-object';

/**
 * The objects that may exist because of others and of the values of charts: as a part of these, or as a text. Whether anything applies them is not known. Of other texts
 * than those of ConfigMaps and Secrets, such as a command, only those count that bind somebody to a role. A template in a ConfigMap or a Secret is no manifest.
 */
export const innerObjects = (objects: readonly KubernetesObject[], charts: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  found.of([objects, charts], () => [
    ...charts.flatMap(innerOf), ...objects.flatMap((outer) => (mayGenerate(outer) ? innerOf(outer) : inTextsOf(outer))),
  ]);

/** Some objects, and these. */
export const withInner = (objects: readonly KubernetesObject[], charts: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  known.of([objects, charts], () => [...objects, ...innerObjects(objects, charts)]);

const found = new Interned<readonly KubernetesObject[]>();
const known = new Interned<readonly KubernetesObject[]>();
const inner = new Interned<readonly KubernetesObject[]>();

const innerOf = (outer: KubernetesObject): readonly KubernetesObject[] =>
  inner.of([outer], () => readInner(outer, [outer.at(outer.group === OF_CHARTS ? 'values' : 'spec')]));

const inTextsOf = (outer: KubernetesObject): readonly KubernetesObject[] => inner.of([outer], () => {
  const texts = textsIn(outer.at()).filter((text) => ABOUT_BINDINGS.test(`${text}`) || (isData(outer) && isObjectText(text)));
  return texts.length === 0 ? [] : boundByTexts(outer, texts, scriptsIn(outer.at()).flatMap((script) => bindingsByScript(script)));
});

/** Those that texts have, and others. */
export function boundByTexts(outer: KubernetesObject, texts: readonly Text[], others: readonly Resolved[]): KubernetesObject[] {
  const documents = texts.flatMap((text) => (isData(outer) && isTemplate(text) ? withoutTemplates(text) : documentsIn(text)));
  return readInner(outer, [...documents, ...others]);
}

const isData = ({ group, kind }: KubernetesObject): boolean => group === '' && /^(ConfigMap|Secret)$/.test(kind);

/** Whether a text has an expression for a program that makes another text of it. */
const isTemplate = (text: Text): boolean => `${text}`.includes('{{');

const withoutTemplates = (text: Text): Resolved[] => parseYaml(text)?.filter((one) => !textsIn(one).some(isTemplate)) ?? [];

/** Each text in a text is indented by more. */
const DEEPEST = 20;

function readInner(outer: KubernetesObject, parts: readonly Resolved[], depth = 0): KubernetesObject[] {
  const { kind, name = Text.of(kind), namespace } = outer;
  const inTexts = depth > DEEPEST ? [] : parts.flatMap(textsIn).flatMap(depth < DEEPEST ? documentsIn : unreadIn);
  const place = { cluster: destinationOf(outer), namespace: kind === 'HelmChart' ? namespace : derived(name, 'namespace of an object') };
  return [...parts.flatMap((part) => objectsIn(outer, part, place)), ...(inTexts.length > 0 ? readInner(outer, inTexts, depth + 1) : [])];
}

/** Before the lines that a shell script has for a command to read, up to one with this word only. */
const HERE = /<<-?\s*["']?(\w+)/;

function documentsInScript({ literal = '' }: Text): Resolved[] | undefined {
  const lines = literal.split('\n');
  const trimmed = lines.map((line) => line.trim());
  const all = lines.flatMap((line, i) => {
    const [, word] = HERE.exec(line) ?? [];
    const end = word === undefined ? -1 : trimmed.indexOf(word, i + 1);
    return word === undefined ? [] : [end < 0 ? undefined : parseYaml(Text.of(lines.slice(i + 1, end).join('\n')))];
  });
  return all.length > 0 && all.every((one) => one !== undefined) ? all.flat() : undefined;
}

/** The documents of a text with objects: of the whole text, or those that a script has. A binding that cannot be read may bind anyone to anything. */
function documentsIn(text: Text): Resolved[] {
  if (!text.parts.some((part) => typeof part === 'string') || !isObjectText(text)) {
    return []; // what is not known has the text that it depends on in its name
  }
  return parseYaml(text) ?? documentsInScript(text) ?? [...unreadIn(text), ...documentsInTemplate(text)];
}

/** The expressions of a template of Helm: those that are a whole line, and others. */
const [IN_LINES, EXPRESSIONS] = [/^[ \t]*\{\{[^{}]*\}\}[ \t]*$/gm, /\{\{[^{}]*\}\}/g];

/** What stands for what an expression fills in: no name in Kubernetes contains these characters. */
const FILLED = '<filled-in>';

/** The documents of a template, as far as they can be read without what fills it in, except bindings, which may be for anyone then. */
function documentsInTemplate({ literal = '' }: Text): Resolved[] {
  const documents = literal.includes('{{') ? parseYaml(Text.of(literal.replace(IN_LINES, '').replace(EXPRESSIONS, FILLED))) : undefined;
  return documents?.filter((one) => !textsIn(valueAt(one, 'apiVersion')).some(({ start }) => start.startsWith(RBAC))) ?? [];
}

const unreadIn = (text: Text): Resolved[] => (/\b(Cluster)?RoleBinding\b/.test(`${text}`)
  ? [bindingOf('in a text that is not read', derived(text, 'role'), derived(text, 'subjects'))] : []);
