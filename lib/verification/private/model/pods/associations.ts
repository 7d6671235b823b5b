import { readAddonAssociations } from './addon-accounts';
import { Findings } from '../../findings/findings';
import { isSet, textOf } from '../../values/text-parts';
import { Association } from '../model';
import { readPolicy } from '../policy-document';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The EKS Pod Identity associations of the templates.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-podidentityassociation.html
 */
export const readAssociations = (resources: StackResources, findings: Findings): Association[] => [
  ...resources.ofType('AWS::EKS::PodIdentityAssociation').flatMap((resource) => readAssociation(resource, findings)),
  ...readAddonAssociations(resources, findings),
];

function readAssociation(resource: StackResource, findings: Findings): Association[] {
  const cluster = resource.cluster('ClusterName');
  const [namespace, serviceAccount, roleArn] = ['Namespace', 'ServiceAccount', 'RoleArn'].map((name) => textOf(resource.property(name)));
  if (!cluster || !namespace || !serviceAccount || !roleArn) {
    const message = `the association ${resource.logicalId} cannot be read: it is left out`;
    findings.addGap('unreadable-association', message, resource.place(), cluster ? { cluster } : 'everything');
    return [];
  }
  const [targetRoleArn, policy] = [textOf(resource.property('TargetRoleArn')), resource.property('Policy')];
  return [{
    cluster,
    namespace,
    serviceAccount,
    roleArn,
    ...(targetRoleArn && { targetRoleArn }),
    disableSessionTags: isSet(resource.property('DisableSessionTags')),
    ...(policy !== undefined && { sessionPolicy: readPolicy('session policy', policy, resource.place('Properties.Policy'), findings) }),
    place: resource.place(),
  }];
}
