import { ReadObjects } from './applied-objects';
import { Findings } from '../../findings/findings';
import { parseJson } from '../../values/json-text';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const UNREAD: { readonly [type: string]: string } = {
  'Custom::AWSCDK-EKS-KubernetesPatch': 'the patch',
  'Custom::AWSCDK-EKS-HelmChart': 'the objects of the Helm chart',
};

/**
 * The Kubernetes objects of the custom resources of aws-cdk. Patches and Helm charts are not read: a finding says so.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.KubernetesManifest.html
 */
export function readManifests(resources: StackResources, findings: Findings): ReadObjects {
  const manifests = resources.ofType('Custom::AWSCDK-EKS-KubernetesResource').map((resource) => resource.once('objects', () => readManifest(resource, findings)));
  const unread = resources.ofType(...Object.keys(UNREAD)).flatMap((resource) => {
    const why = `${UNREAD[resource.type]} ${resource.logicalId} ${resource.type.endsWith('Patch') ? 'is' : 'are'} not read`;
    findings.add('unread-objects', `${why}: they can change service accounts and workloads`, resource.place());
    const cluster = resource.cluster('ClusterName');
    return cluster ? [{ cluster, why }] : [];
  });
  return { objects: manifests.flatMap(({ objects }) => objects), incomplete: [...manifests.flatMap(({ incomplete }) => incomplete), ...unread] };
}

function readManifest(resource: StackResource, findings: Findings): ReadObjects {
  const place = resource.place('Properties.Manifest');
  const cluster = resource.cluster('ClusterName');
  const manifest = resource.property('Manifest');
  const parsed = manifest instanceof Text ? parseJson(manifest) : { value: manifest };
  const problem = 'problem' in parsed ? `it ${parsed.problem}` : cluster === undefined ? 'its cluster has no name' : undefined;
  if ('problem' in parsed || cluster === undefined) {
    findings.addGap('unreadable-object', `the manifest of ${resource.logicalId} cannot be read: ${problem}`, place, 'everything');
    return { objects: [], incomplete: cluster ? [{ cluster, why: `the manifest of ${resource.logicalId} cannot be read` }] : [] };
  }
  const objects = objectsIn(parsed.value).map((document) => KubernetesObject.from(cluster, document, place));
  const readable = objects.filter((object) => object !== undefined);
  if (readable.length < objects.length) {
    findings.addGap('unreadable-object', `an object of ${resource.logicalId} has no kind, or an API that is not known: it is left out`, place, 'everything');
  }
  const why = `an object of ${resource.logicalId} cannot be read`;
  return { objects: readable, incomplete: readable.length < objects.length ? [{ cluster, why }] : [] };
}

/** An object, a list of objects, or an object of kind `List`, as `kubectl apply` accepts them. Other kinds can have such a name, and no items. */
const objectsIn = (value: Resolved): Resolved[] => listOf(value).flatMap((item) => {
  const items = item instanceof ResolvedMap && literalOf(item.get('kind'))?.endsWith('List') ? item.get('items') ?? item : item;
  return Array.isArray(items) ? objectsIn(items) : [items];
});
