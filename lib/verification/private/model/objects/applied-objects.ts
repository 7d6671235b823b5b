import { gunzipSync } from 'node:zlib';
import { documentWithValues } from './placed-values';
import { Findings } from '../../findings/findings';
import { ClusterId } from '../../values/cluster-id';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { derived, literalOf, textAfter } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The Kubernetes objects that templates apply. */
export interface ReadObjects {
  readonly objects: readonly KubernetesObject[];
  /** The clusters that have objects that could not be read. */
  readonly incomplete: ReadonlyArray<{ readonly cluster: ClusterId; readonly why: string }>;
}

/** The Kubernetes objects of the custom resource `Custom::KubernetesObjects` of cdk-irsa. */
export function readAppliedObjects(resources: StackResources, findings: Findings): ReadObjects {
  const read = resources.ofType('Custom::KubernetesObjects').map((resource) => resource.once('objects', () => readObjects(resource, findings)));
  return { objects: read.flatMap(({ objects }) => objects), incomplete: read.flatMap(({ incomplete }) => incomplete) };
}

function readObjects(resource: StackResource, findings: Findings): ReadObjects {
  const arn = resource.property('Cluster');
  const cluster = clusterWithArn(arn instanceof Text ? arn : resource.attribute('Cluster'), resource);
  const entries = resource.property('Objects');
  const problems: string[] = [];
  const objects = (Array.isArray(entries) ? entries : [entries]).flatMap((entry, i) => {
    const place = resource.place(`Properties.Objects[${i}]`);
    const object = KubernetesObject.from(cluster, documentOf(entry), place);
    if (object) {
      return [object];
    }
    problems.push(`an object of ${resource.logicalId} cannot be read`);
    findings.addGap('unreadable-object', `object ${i} of ${resource.logicalId} cannot be read: it is left out`, place, 'everything');
    return [];
  });
  return { objects, incomplete: problems.map((why) => ({ cluster, why })) };
}

/** The cluster with an ARN that a resource has. */
export function clusterWithArn(arn: Text, resource: StackResource): ClusterId {
  const { known: [, , , region, account] } = splitText(arn, ':');
  const name = textAfter(arn, ':cluster/');
  return resource.clusterNamed(name ?? derived(arn, 'cluster name'), account ?? derived(arn, 'account'), region ?? derived(arn, 'Region'));
}

/** JSON, JSON with values, or compressed JSON with values. */
export function documentOf(entry: Resolved): Resolved {
  try {
    return entry instanceof ResolvedMap ? documentWithValues(jsonOf(entry), entry.get('Values')) : documentWithValues(literalOf(entry)!, undefined);
  } catch {
    return undefined;
  }
}

function jsonOf(entry: ResolvedMap): string {
  const compressed = literalOf(entry.get('Gzip'));
  return compressed === undefined ? literalOf(entry.get('Json'))! : gunzipSync(Buffer.from(compressed, 'base64')).toString();
}
