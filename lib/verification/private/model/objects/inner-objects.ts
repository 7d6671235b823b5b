import { isObjectText, mayGenerate, objectsIn } from './generators';
import { destinationOf } from './other-clusters';
import { ABOUT_BINDINGS, bindingOf, bindingsByScript } from './scripted-bindings';
import { Interned } from '../../values/interned';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, textsIn } from '../../values/text-parts';
import { parseYaml } from '../../values/yaml-text';
import { scriptsIn } from '../code/commands';
import { KubernetesObject } from '../kubernetes-object';

/**
 * Some objects, and those that may exist because of others and of the values of charts: as a part of these, or as a text. Whether anything applies them is not known. Of
 * texts in objects of Kubernetes, such as a ConfigMap or a command, only those count that bind somebody to a role.
 */
export const withInner = (objects: readonly KubernetesObject[], charts: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  known.of([objects, charts], () => [
    ...objects, ...charts.flatMap(innerOf), ...objects.flatMap((outer) => (mayGenerate(outer) ? innerOf(outer) : boundBy(outer))),
  ]);

const known = new Interned<readonly KubernetesObject[]>();
const inner = new Interned<readonly KubernetesObject[]>();

const innerOf = (outer: KubernetesObject): readonly KubernetesObject[] => inner.of([outer], () => readInner(outer, [outer.at('spec')]));

const boundBy = (outer: KubernetesObject): readonly KubernetesObject[] => inner.of([outer], () => {
  const texts = textsIn(outer.at()).filter((text) => ABOUT_BINDINGS.test(`${text}`));
  return texts.length === 0 ? [] : readInner(outer, [...texts.flatMap(documentsIn), ...scriptsIn(outer.at()).flatMap(bindingsByScript)]);
});

function readInner(outer: KubernetesObject, parts: readonly Resolved[]): KubernetesObject[] {
  const { kind, name = Text.of(kind), namespace } = outer;
  const inTexts = parts.flatMap(textsIn).flatMap(documentsIn);
  const place = { cluster: destinationOf(outer), namespace: kind === 'HelmChart' ? namespace : derived(name, 'namespace of an object') };
  return [...parts.flatMap((part) => objectsIn(outer, part, place)), ...(inTexts.length > 0 ? readInner(outer, inTexts) : [])];
}

/** What a shell script has between two equal words, for a command to read. */
const HERE = /<<-?\s*["']?(\w+)["']?[^\n]*\n([\s\S]*?\n)\s*\1\b/g;

function documentsInScript({ literal = '' }: Text): Resolved[] | undefined {
  const all = [...literal.matchAll(HERE)].map(([, , body]) => parseYaml(Text.of(body)));
  return all.length > 0 && all.every((one) => one !== undefined) ? all.flat() : undefined;
}

/** The documents of a text with objects: of the whole text, or those that a script has. A binding that cannot be read may bind anyone to anything. */
function documentsIn(text: Text): Resolved[] {
  if (!text.parts.some((part) => typeof part === 'string') || !isObjectText(text)) {
    return []; // what is not known has the text that it depends on in its name
  }
  const anyBinding = () => bindingOf('in a text that is not read', derived(text, 'role'), derived(text, 'subjects'));
  return parseYaml(text) ?? documentsInScript(text) ?? (/\b(Cluster)?RoleBinding\b/.test(`${text}`) ? [anyBinding()] : []);
}
