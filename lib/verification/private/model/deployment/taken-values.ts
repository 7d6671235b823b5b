import { textsAboutAccess, textsOfObject } from './about-access';
import { readReturned, Returned } from './returned-values';
import { TextBelow } from './texts-below';
import { AccessPlace } from '../../../access-reason';
import { unknownsOf } from '../../values/origins';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { writesOfStored } from '../code-writes';
import { KubernetesObject } from '../objects/kubernetes-object';
import { StackResources } from '../stack-resources';
import { TakenValue } from '../taken-value';

/**
 * The values about access that the next deployment takes from the Parameter Store, AWS Secrets Manager, custom resources and macros: whoever changes them there
 * decides about access, without a request that is about access. What they decide is not followed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
 */
export function readTakenValues(resources: StackResources, objects: readonly KubernetesObject[]): TakenValue[] {
  const returned = readReturned(resources);
  const found = new Map<string, TakenValue>(); // one for each value: what else takes it makes no difference
  const add = (texts: readonly TextBelow[], owner: string, place: AccessPlace) => texts.forEach(({ property, text }) =>
    unknownsOf(text).forEach((one) => {
      const changed = found.has(one.id) ? undefined : changedBy(one, returned);
      if (changed) {
        found.set(one.id, { what: `${property} of ${owner}`, from: one.label, ...changed, place });
      }
    }));
  resources.all.forEach((resource) => add(textsAboutAccess(resource), resource.logicalId, resource.place()));
  objects.forEach((object) => add(textsOfObject(object), `${object.kind} ${object.name ?? 'without a name'}`, object.place));
  return [...found.values(), ...macros(resources)];
}

function changedBy(one: Unknown, returned: ReadonlyMap<string, Returned>): Returned | undefined {
  const writes = writesOfStored(Text.unknown(one));
  return writes.length > 0 ? { writes, functions: [] } : one.returnedBy === undefined ? undefined : returned.get(one.returnedBy);
}

/** A macro can change any part of a template. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html */
const macros = (resources: StackResources): TakenValue[] => resources.ofType('AWS::CloudFormation::Macro').flatMap((macro) => {
  const name = textOf(macro.property('FunctionName'));
  return name ? [{ what: 'templates', from: `the macro ${macro.logicalId}`, writes: [], functions: [name], place: macro.place() }] : [];
});
