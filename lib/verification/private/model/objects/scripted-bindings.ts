import { RBAC } from './api-groups';
import { fromJson } from '../../values/from-json';
import { mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';
import { commandsIn } from '../code/shell-commands';

/** What a text has that binds somebody to a role, or changes a role. */
export const ABOUT_BINDINGS = /\b(cluster)?role(binding)?s?\b/i;

const CREATES = /\bcreate\s+(cluster)?rolebindings?\b/i;
const CHANGES = /\b(patch|edit|replace|set subject)\s+(cluster)?role(binding)?s?\b/i;

/**
 * The bindings that a script creates with kubectl. One that changes a role or a binding may bind anyone to anything.
 *
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_create/kubectl_create_clusterrolebinding/
 */
export function bindingsByScript(script: string, where = 'in a script'): Resolved[] {
  const all = Text.of(script);
  return !ABOUT_BINDINGS.test(script) ? [] : commandsIn(script.replace(/\\\r?\n/g, ' ')).flatMap((command) => (CREATES.test(command) ? [created(command, where)]
    : /\bkubectl\b/.test(command) && CHANGES.test(command) ? [bindingOf(where, derived(all, 'role'), derived(all, 'subjects'))] : []));
}

function created(command: string, where: string): Resolved {
  const valuesOf = (option: string) => [...command.matchAll(new RegExp(`--${option}[=\\s]+["']?([^\\s"']+)`, 'g'))].map(([, value]) => value);
  const subjects = [
    ...valuesOf('serviceaccount').map((value) => value.split(':')).map(([namespace, name = '$']) => ({ kind: 'ServiceAccount', name, namespace })),
    ...['Group', 'User'].flatMap((kind) => valuesOf(kind.toLowerCase()).map((name) => ({ kind, name }))),
  ];
  const [role = '$'] = [...valuesOf('clusterrole'), ...valuesOf('role')];
  return bindingOf(where, Text.of(role), fromJson(subjects));
}

/** A binding in the whole cluster. */
export const bindingOf = (name: string, role: Text, subjects: Resolved): ResolvedMap => mapOf({
  apiVersion: Text.of(`${RBAC}/v1`), kind: Text.of('ClusterRoleBinding'), metadata: mapOf({ name: Text.of(name) }), roleRef: mapOf({ name: role }), subjects,
});
