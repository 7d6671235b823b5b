import { RBAC } from './api-groups';
import { bindingOf } from './scripted-bindings';
import { fromJson } from '../../values/from-json';
import { parseJson } from '../../values/json-text';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, literalOf, textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** What a patch of RBAC is of, as kubectl names it: `clusterrole/name`. */
const OF_RBAC = /^(cluster)?role(binding)?s?(\.[\w.]+)?\/(.*)$/i;

/**
 * The roles of the add-ons that each cluster has from its start, and their accounts. The first one gets more rules so that it may annotate pods.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
 */
const BOUND_BY_EKS: ReadonlyMap<string, string> = new Map([['aws-node', 'aws-node'], ['system:coredns', 'coredns']]);

/** Whether a patch of aws-cdk is certainly of RBAC. */
export const isOfRbac = (patch: StackResource): boolean => OF_RBAC.test(textOf(patch.property('ResourceName'))?.start ?? '');

/**
 * What patches of aws-cdk add to roles and bindings, as objects of the same names. Whoever is bound to a role that the templates do not bind to anyone is not known,
 * unless Amazon EKS binds it in each cluster.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.KubernetesPatch.html
 */
export const readPatchedRbac = (resources: StackResources, objects: readonly KubernetesObject[]): KubernetesObject[] =>
  resources.ofType('Custom::AWSCDK-EKS-KubernetesPatch').filter(isOfRbac).flatMap((resource) => {
    const object = patched(resource);
    const account = BOUND_BY_EKS.get(object?.name?.literal ?? '');
    const isBound = object && (object.kind.endsWith('Binding') || (!account && objects.some((other) => isBoundTo(object, other))));
    const patch = textOf(resource.property('ResourceName'))!;
    const subjects = account ? fromJson([{ kind: 'ServiceAccount', name: account, namespace: 'kube-system' }]) : derived(patch, 'subjects');
    const binding = object?.name && !isBound ? KubernetesObject.from(object.cluster, bindingOf('of a patch', object.name, subjects), object.place) : undefined;
    return [object, binding].filter((one) => one !== undefined);
  });

const isBoundTo = ({ name }: KubernetesObject, binding: KubernetesObject): boolean => {
  const role = binding.group === RBAC ? textOf(binding.at('roleRef', 'name')) : undefined;
  return role !== undefined && name !== undefined && equal(role, name) !== 'no';
};

function patched(resource: StackResource): KubernetesObject | undefined {
  const [cluster, name, patch] = [resource.cluster('ClusterName'), textOf(resource.property('ResourceName')), resource.property('ApplyPatchJson')];
  const [all, ofCluster, binding = ''] = OF_RBAC.exec(`${name}`) ?? [];
  if (!cluster || !name || all === undefined) {
    return undefined;
  }
  const parsed = patch instanceof Text ? parseJson(patch) : { value: patch };
  const content = 'problem' in parsed ? mapOf(derived(name, 'patch')) : Array.isArray(parsed.value) ? merged(parsed.value) : parsed.value;
  const literal = name.start.slice(name.start.indexOf('/') + 1);
  const document: Array<[Text, Resolved]> = [
    ...(content instanceof ResolvedMap ? content.entries.filter(([key]) => key.literal !== 'metadata').map(([key, value]): [Text, Resolved] => [key, value]) : []),
    [Text.of('apiVersion'), Text.of(`${RBAC}/v1`)],
    [Text.of('kind'), Text.of(`${ofCluster ? 'Cluster' : ''}Role${binding ? 'Binding' : ''}`)],
    [Text.of('metadata'), new ResolvedMap([
      [Text.of('labels'), valueAt(content, 'metadata', 'labels')],
      [Text.of('name'), Text.join([Text.of(literal), ...name.parts.slice(1).map(Text.ofPart)])],
      [Text.of('namespace'), textOf(resource.property('ResourceNamespace'))],
    ])],
  ];
  return KubernetesObject.from(cluster, new ResolvedMap(document), resource.place('Properties.ApplyPatchJson'));
}

/** Rules and subjects of which nothing is known. */
const mapOf = (any: Text): ResolvedMap => new ResolvedMap(['rules', 'subjects'].map((name) => [Text.of(name), any]));

/** What a list of operations adds: whole rules and subjects as they are, and any others in place of parts of them. */
function merged(operations: readonly Resolved[]): ResolvedMap {
  const valuesBelow = (name: string) => operations.flatMap((operation) => {
    const [path, value] = [textOf(valueAt(operation, 'path')) ?? Text.of(`/${name}/`), valueAt(operation, 'value')];
    return !path.startsWith(`/${name}`) ? [] : /^\/\w+(\/(-|\d+))?$/.test(`${path}`) ? listOf(value) : [derived(path, name)];
  });
  const labels = operations.flatMap((operation): Array<[Text, Resolved]> => {
    const key = literalOf(valueAt(operation, 'path'))?.split('/metadata/labels/')[1];
    return key === undefined ? [] : [[Text.of(key.replaceAll('~1', '/')), valueAt(operation, 'value')]];
  });
  return new ResolvedMap([
    ...['rules', 'subjects'].map((name): [Text, Resolved] => [Text.of(name), valuesBelow(name)]),
    [Text.of('metadata'), new ResolvedMap([[Text.of('labels'), new ResolvedMap(labels)]])],
  ]);
}
