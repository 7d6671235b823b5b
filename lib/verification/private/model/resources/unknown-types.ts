import { knownType } from '../../aws-data/resource-types';
import { Findings } from '../../findings/findings';
import { GapScope } from '../../findings/gap';
import { scopeOfService } from '../services';
import { StackResource, StackResources } from '../stack-resources';

/**
 * Types whose resources are made of other templates: stack sets, and products of AWS Service Catalog.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-servicecatalog-cloudformationprovisionedproduct.html
 */
const MADE_OF_TEMPLATES = ['AWS::CloudFormation::StackSet', 'AWS::ServiceCatalog::CloudFormationProvisionedProduct'];

/** Modules are templates, too. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html */
const isMadeOfTemplates = (type: string) => MADE_OF_TEMPLATES.includes(type) || type.endsWith('::MODULE');

/** Types that are not in the list of AWS: custom resources, metadata of aws-cdk, and what the transform of AWS SAM replaces. These are read, or change nothing. */
const OTHERS = /^(Custom::|AWS::CDK::Metadata$|AWS::Serverless::|Alexa::)/;

/** Whether what resources of a type make or permit is not known, so that it could be anything. */
export const isUnknownType = (type: string): boolean => isMadeOfTemplates(type) || !(OTHERS.test(type) || knownType(type));

/** Adds a finding for each resource of a type that is not known, and for each that makes others with a template that is not in the assembly. */
export function findUnknownTypes(resources: StackResources, findings: Findings): void {
  for (const resource of resources.all.filter(({ type }) => isUnknownType(type))) {
    const what = `${resource.logicalId}, of type ${resource.type},`;
    if (isMadeOfTemplates(resource.type)) {
      findings.addGap('unread-resources', `${what} makes resources at deployment, which are not read`, resource.place(), 'everything');
    } else {
      findings.addGap('unknown-type', `${what} is not read, because this type is not known`, resource.place(), scopeOf(resource));
    }
  }
}

/**
 * Types of AWS belong to a service. Others, which are in a registry, can do anything, except those that change Kubernetes objects.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/registry.html
 * @see https://github.com/aws-quickstart/quickstart-kubernetes-resource-provider
 */
function scopeOf(resource: StackResource): GapScope {
  const [vendor, service] = resource.type.split('::');
  const cluster = vendor === 'AWSQS' && service === 'Kubernetes' ? resource.cluster('ClusterName') : undefined;
  return cluster ? { cluster } : vendor === 'AWS' && service ? scopeOfService(service) : 'everything';
}
