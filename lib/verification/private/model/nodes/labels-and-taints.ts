import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { Truth } from '../../values/truth';
import { NodeProperties, Taint } from '../node-properties';
import { StackResource } from '../stack-resource';

/** Of a managed nodegroup. @see https://docs.aws.amazon.com/eks/latest/userguide/node-taints-managed-node-groups.html */
export function propertiesOfNodegroup(resource: StackResource, name: Text, isWindows: Truth): NodeProperties {
  const labels = resource.property('Labels');
  const amiType = literalOf(resource.property('AmiType')) ?? '';
  const architecture = /arm_?64/i.test(amiType) ? 'arm64' : /x86_64/i.test(amiType) ? 'amd64' : undefined;
  return {
    labels: new Map([
      ...(isWindows === 'unknown' ? [] : systemLabels(isWindows === 'yes' ? 'windows' : 'linux')),
      ...(architecture === undefined ? [] : [['kubernetes.io/arch', Text.of(architecture)] as const]),
      ...labelsIn(labels),
      ['eks.amazonaws.com/nodegroup', name],
    ]),
    taints: taintsIn(resource.property('Taints')),
  };
}

/** What the kubelet labels its node with. @see https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-os */
export const systemLabels = (system: 'linux' | 'windows') =>
  ['kubernetes.io/os', 'beta.kubernetes.io/os'].map((label) => [label, Text.of(system)] as const);

export const labelsIn = (labels: Resolved): Array<readonly [string, Text]> => (labels instanceof ResolvedMap ? labels.entries : [])
  .flatMap(([{ literal }, value]) => (literal !== undefined && value instanceof Text ? [[literal, value] as const] : []));

/** CloudFormation and Kubernetes write the names of the properties and of the effects in different ways. */
export function taintsIn(taints: Resolved): Taint[] {
  const all = listOf(taints).map((taint): Taint => {
    const get = (name: string) => (taint instanceof ResolvedMap ? taint.get(name) ?? taint.get(name.toLowerCase()) : undefined);
    return { key: textOf(get('Key')), value: get('Value'), effect: literalOf(get('Effect'))?.replaceAll('_', '').toLowerCase() };
  });
  return all.filter(({ effect }) => effect !== 'prefernoschedule');
}
