import { textsAboutAccess, textsOfObject } from './about-access';
import { readReturned } from './returned-values';
import { TextBelow, textsBelow } from './texts-below';
import { Assembly } from '../../assembly/assembly';
import { Resolver } from '../../resolution/resolver';
import { isCustomResource } from '../../resource-types/custom-resources';
import { Interned } from '../../values/interned';
import { unknownsOf } from '../../values/origins';
import { Text } from '../../values/text';
import { textOf, withoutPrefix } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { writesOfObjectAt } from '../code/bucket-addresses';
import { CodeWrite } from '../code/code-write';
import { writesOfLocation } from '../code/code-writes';
import { writesOfObjectsIn } from '../code/object-locations';
import { writesOfStored } from '../code/stored-writes';
import { KubernetesObject } from '../kubernetes-object';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';
import { TakenValue } from '../taken-value';

/**
 * The values about access that the next deployment takes from the Parameter Store, AWS Secrets Manager, custom resources and macros: whoever changes them there
 * decides about access, without a request that is about access. What they decide is not followed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
 */
export function readTakenValues(
  assembly: Assembly, resolver: Resolver, resources: StackResources, objects: readonly KubernetesObject[],
): TakenValue[] {
  const returned = readReturned(resources);
  const found = new Map<string, TakenValue>(); // one for each value: what else takes it makes no difference
  const add = (taken: readonly Taken[], owner: () => string) => taken.forEach(({ property, one, writes }) => {
    const changed = found.has(one.id) ? undefined : writes.length > 0 ? { writes, functions: [] } : returned.get(`${one.resource}`);
    if (changed) {
      found.set(one.id, { what: `${property} of ${owner()}`, from: one.label, ...changed });
    }
  });
  // objects first, because the resources that apply them say less about where a value is
  objects.forEach((object) => add(takenByObjects.of([object], () => takenIn(textsOfObject(object))), () => `${object.kind} ${object.name ?? 'without a name'}`));
  resources.all.forEach((resource) => add(resource.once('values about access', () => takenIn(textsAboutAccess(resource))), () => resource.logicalId));
  return [...found.values(), ...macros(resources), ...templates(resources), ...includes(assembly, resolver)];
}

/** A value that others might decide, and the requests with which they do. That of a custom resource is decided by its code. */
interface Taken {
  readonly property: string;
  readonly one: Unknown;
  readonly writes: readonly CodeWrite[];
}

const takenIn = (texts: readonly TextBelow[]): Taken[] => texts.flatMap(({ property, text }) => [...unknownsOf(text)].flatMap((one) => {
  const writes = one.storedAs ? writesOfStored(Text.unknown(one)) : []; // what is derived from others has these
  return writes.length > 0 || isCustomResource(one.resourceType ?? '') ? [{ property, one, writes }] : [];
}));

/** By object, so that none is read again for each outcome of the conditions. */
const takenByObjects = new Interned<readonly Taken[]>();

/** A macro can change any part of a template. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html */
const macros = (resources: StackResources): TakenValue[] => resources.ofType('AWS::CloudFormation::Macro').flatMap((macro) => {
  const name = textOf(macro.property('FunctionName'));
  return name ? [{ what: 'templates', from: `the macro ${macro.logicalId}`, writes: [], functions: [name] }] : [];
});

/** Properties with the address of a template. */
const OF_TEMPLATES = [/^(TemplateURL|LoadTemplateFromURL)$/];

/** The assets of aws-cdk, for which there is a rule of its own. @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
const OF_ASSETS = /cdk-\w+-assets-/;

/** Templates in buckets, and APIs, whose definition says who may call what. */
const templates = (resources: StackResources): TakenValue[] => resources.all.flatMap((resource) => {
  const writes = resource.once('writes of its template', () => writesOfTemplate(resource));
  return writes.length === 0 ? [] : [{ what: resource.logicalId, from: 'a bucket', writes, functions: [] }];
});

function writesOfTemplate(resource: StackResource): CodeWrite[] {
  const addresses = textsBelow(resource.property(), OF_TEMPLATES).map(({ text }) => text).filter((text) => !OF_ASSETS.test(`${text}`));
  return [
    ...addresses.flatMap((text) => writesOfObjectAt(withoutPrefix(text, 'https://'))),
    ...writesOfObjectsIn(resource.property('BodyS3Location'), resource.assets),
  ];
}

/** What templates include. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html */
const includes = ({ templates: all }: Assembly, resolver: Resolver): TakenValue[] => all.flatMap((template) =>
  template.includes.flatMap((written) => {
    const location = textOf(resolver.resolve(template, written));
    return location ? [{ what: template.file, from: `${location}`, writes: writesOfLocation(location), functions: [] }] : [];
  }));
