import { podTemplates, serviceAccountOf } from './pod-templates';
import { ClusterId } from '../../values/cluster-id';
import { parseJson } from '../../values/json-text';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { CodeLocations } from '../code/code-locations';
import { anyPart } from '../code/code-write';
import { writesOfTag } from '../code/code-writes';
import { formsOfValue } from '../code/filled-values';
import { writesOfNames } from '../code/image-names';
import { NamedImages } from '../code/named-images';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { clusterWithArn } from '../objects/applied-objects';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The images in all texts of objects, charts, patches, add-ons and jobs, except those of containers, and the other code in patches and jobs, which tell no account
 * for certain. The pods of jobs have the network of their node, unless they say otherwise.
 */
export const readNamedImages = (objects: readonly KubernetesObject[], locations: CodeLocations, resources: StackResources): NamedImages[] => [
  ...objects.map(inObject),
  ...resources.ofType('Custom::AWSCDK-EKS-HelmChart').flatMap((chart) => [
    ...inResource(chart, chart.property('Values')),
    ...inResource(chart, [chart.property('Chart'), chart.property('Repository')]),
  ]),
  ...resources.ofType('Custom::AWSCDK-EKS-KubernetesPatch').flatMap((patch) => inResource(patch, patch.property('ApplyPatchJson'), locations)),
  ...resources.ofType('AWS::EKS::Addon').flatMap((addon) => inResource(addon, addon.property('ConfigurationValues'))),
  ...inJobs(locations, resources),
].filter(({ code }) => code.length > 0);

function inObject(object: KubernetesObject): NamedImages {
  const { cluster, kind, name } = object;
  const templates = podTemplates(object).filter(({ path }) => path !== undefined);
  const [namespace, isReplaced] = [givenText(object.at('metadata', 'namespace')), isUpdated(object)];
  return {
    cluster,
    label: `${kind} ${namespace ? `${namespace}/` : ''}${name ?? 'without a name'}`,
    code: formsOfValue(object.at())
      .flatMap((form) => writesOfNames(templates.length > 0 && !isReplaced ? withoutContainers(form) : form, isReplaced)),
    namedBy: templates.map(({ at }) => ({ namespace: object.namespace, serviceAccountName: serviceAccountOf(at) })),
  };
}

/** Whether Keel deploys new tags of its images. @see https://keel.sh/docs/#policies */
const isUpdated = (object: KubernetesObject): boolean => ['annotations', 'labels'].some((where) => {
  const names = object.at('metadata', where);
  return names instanceof ResolvedMap && names.entries.some(([name]) => name.startsWith('keel.sh/'));
});

/** Where a template has what is read as the images of its pods. */
const WITH_IMAGES = ['containers', 'initContainers', 'volumes'];

/** All but the images of containers and volumes. */
function withoutContainers(value: Resolved, hasImage = false): Resolved {
  if (Array.isArray(value)) {
    return value.map((item) => withoutContainers(item, hasImage));
  }
  return !(value instanceof ResolvedMap) ? value : new ResolvedMap(value.entries.filter(([{ literal }]) => !hasImage || literal !== 'image')
    .map(([key, inner]) => [key, withoutContainers(inner, WITH_IMAGES.includes(key.literal ?? ''))]));
}

const inResource = (resource: StackResource, value: Resolved, locations?: CodeLocations): NamedImages[] =>
  inCluster(resource, resource.cluster('ClusterName'), value, locations);

/** A text whose structure only the deployment knows can name any image. */
function inCluster({ logicalId }: StackResource, cluster: ClusterId | undefined, value: Resolved, locations?: CodeLocations): NamedImages[] {
  const parsed = value instanceof Text ? parseJson(value) : { value };
  const isOpen = 'problem' in parsed && value instanceof Text && value.unknowns.length > 0;
  const known = 'problem' in parsed ? value : parsed.value;
  const code = [...(isOpen ? writesOfTag(anyPart('repository')) : formsOfValue(known).flatMap((form) => writesOfNames(form))), ...(locations?.writesOf(known) ?? [])];
  return cluster ? [{ cluster, label: logicalId, code, namedBy: [] }] : [];
}

/** AWS Batch runs jobs in the cluster of any of its environments. @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EksPodProperties.html */
const inJobs = (locations: CodeLocations, resources: StackResources): NamedImages[] => resources.ofType('AWS::Batch::ComputeEnvironment').flatMap((environment) => {
  const arn = textOf(environment.property('EksConfiguration', 'EksClusterArn'));
  const cluster = arn && clusterWithArn(arn, environment);
  return resources.ofType('AWS::Batch::JobDefinition').flatMap((job) => inCluster(job, cluster, job.property('EksProperties'), locations));
});
