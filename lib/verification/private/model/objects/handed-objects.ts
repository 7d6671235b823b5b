import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, literalOf, textsIn, textsUnder } from '../../values/text-parts';
import { givenText, KubernetesObject } from '../kubernetes-object';

/** A service account by its namespace and its name. */
export interface Account {
  readonly namespace: Text;
  readonly serviceAccountName: Text;
}

/** The service accounts of what runs as events say, because an object hands on what is in them. Whoever reaches a listener in the network sends events. */
export const accountsByEvents = (object: KubernetesObject): Account[] => (object.group === 'triggers.tekton.dev' ? ofTekton(object)
  : object.group === 'argoproj.io' && object.kind === 'Sensor' ? listOf(object.at('spec', 'triggers')).flatMap((trigger) => ofTrigger(trigger, object)) : []);

/** @see https://tekton.dev/docs/triggers/triggertemplates/ */
const ofTekton = (object: KubernetesObject): Account[] => valuesAt(object.at('spec'), 'resourcetemplates').flatMap(listOf)
  .filter((template) => textsIn(template).some((text) => `${text}`.includes('$(tt.params.')))
  .flatMap((template) => accountsIn(template, object));

/** Triggers that create objects. Others send messages, or invoke functions with the role of the sensor itself. */
const OF_OBJECTS = ['argoWorkflow', 'k8s'];

/**
 * Parameters change a part of an object, or all of it.
 *
 * @see https://argoproj.github.io/argo-events/sensors/triggers/k8s-object-trigger/
 * @see https://argoproj.github.io/argo-events/sensors/triggers/aws-lambda/
 */
function ofTrigger(trigger: Resolved, sensor: KubernetesObject): Account[] {
  const template = valueAt(trigger, 'template');
  const own = listOf(valueAt(trigger, 'parameters'));
  const ofObjects = OF_OBJECTS.map((name) => valueAt(template, name)).flatMap((inner) => {
    const parameters = listOf(valueAt(inner, 'parameters'));
    const source = valueAt(inner, 'source', 'resource');
    const keepsAccount = own.length === 0 && source !== undefined && parameters.every((parameter) => IN_SPEC.test(literalOf(valueAt(parameter, 'dest')) ?? ''));
    return inner === undefined || own.length + parameters.length === 0 ? [] : accountsIn(keepsAccount ? source : undefined, sensor);
  });
  const invokes = valueAt(template, 'awsLambda') !== undefined;
  return [...ofObjects, ...(invokes ? accountsIn(sensor.at('spec', 'template'), sensor) : [])];
}

/** Where a parameter changes neither the whole of an object nor its service account. */
const IN_SPEC = /^spec\.(?!.*serviceAccount)[^.]+\./;

/** With another name in tasks of Tekton. */
const NAMES = /^(serviceAccount(Name)?|taskServiceAccountName)$/;

/** The service accounts that a part of an object names, or else any of its namespace. */
export function accountsIn(part: Resolved, object: KubernetesObject, others: readonly Text[] = []): Account[] {
  const { namespace, kind, name = Text.of(kind) } = object;
  const given = (text: Text, what: string): Text => givenText(text) ?? derived(name, what);
  const named = [...others, ...textsUnder(part, NAMES).map((text) => given(text, 'service account'))];
  const namespaces = [namespace, ...textsUnder(part, /^namespace$/).map((text) => given(text, 'namespace'))];
  return namespaces.flatMap((one) => (named.length > 0 ? named : [derived(name, 'service account')]).map((serviceAccountName) => ({ namespace: one, serviceAccountName })));
}

const valuesAt = (value: Resolved, name: string): Resolved[] => (Array.isArray(value) ? value.flatMap((item) => valuesAt(item, name))
  : value instanceof ResolvedMap ? value.entries.flatMap(([{ literal }, inner]) => (literal === name ? [inner] : valuesAt(inner, name))) : []);
