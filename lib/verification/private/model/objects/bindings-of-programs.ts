import { anyClusterNamed } from './ack-associations';
import { RBAC } from './api-groups';
import { boundByTexts } from './inner-objects';
import { bindingOf, bindingsByScript } from './scripted-bindings';
import { listOf, mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';
import { resourcesWithScripts, ResourceWithScripts } from '../code/resources-with-scripts';
import { KubernetesObject } from '../kubernetes-object';
import { StackResources } from '../stack-resources';

/** What calls the Kubernetes API: a script, or a state machine. */
const CALLS = /kubectl|:states:::eks:call/;

/**
 * What the scripts of programs outside clusters apply that binds somebody to a role, and these roles, such as user data or a build with kubectl. In which cluster they
 * do that, is not known.
 */
export const readBindingsOfPrograms = (resources: StackResources): KubernetesObject[] => resourcesWithScripts(resources, CALLS).flatMap(boundBy);

function boundBy({ resource, scripts, json }: ResourceWithScripts): KubernetesObject[] {
  const [name, where] = [Text.of(resource.logicalId), `in the commands of ${resource.logicalId}`];
  const document = mapOf({ kind: Text.of('Script'), metadata: mapOf({ name }) });
  const program = KubernetesObject.from(anyClusterNamed(derived(name, 'cluster')), document, resource.place())!;
  const unread = bindingOf(where, derived(name, 'role'), derived(name, 'subjects'));
  const called = [resource.property(), ...json].flatMap(bodiesIn).map((body) => (body?.get('kind') === undefined ? unread : body));
  const created = scripts.flatMap((script) => bindingsByScript(plain(script), where));
  return boundByTexts(program, scripts.map((script) => Text.of(script)), [...json, ...called, ...created]).filter(({ group }) => group === RBAC);
}

/** The path of a call that is about roles, and methods that change nothing about these. */
const OF_ROLES = /\/rbac\.authorization\.k8s\.io\/.*\/(cluster)?role(binding)?s\b/i;
const GIVES_NOTHING = /^(DELETE|GET)$/;

/** What state machines write with calls about roles; undefined for what is not an object. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eks.html */
const bodiesIn = (value: Resolved): Array<ResolvedMap | undefined> => (Array.isArray(value) ? value.flatMap(bodiesIn)
  : value instanceof ResolvedMap ? [...bodyOf(value), ...value.entries.flatMap(([, inner]) => bodiesIn(inner))] : []);

function bodyOf(call: ResolvedMap): Array<ResolvedMap | undefined> {
  const [path, method, body] = ['Path', 'Method', 'RequestBody'].map((name) => call.get(name));
  return listOf(path).some((one) => OF_ROLES.test(`${one}`)) && !GIVES_NOTHING.test(`${method}`) ? [body instanceof ResolvedMap ? body : undefined] : [];
}

/** Commands as words of a list, such as those of a function in Python, as a shell has them. */
const plain = (script: string): string => script.replace(/\\\r?\n/g, ' ').replace(/["',]+/g, ' ');
