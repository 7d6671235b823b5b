import { Findings } from '../../findings/findings';
import { isSet } from '../../values/text-parts';
import { StackResources } from '../stack-resources';

/** What attaches policies to the roles of instances, also to those of nodes. */
const APPLICATION = 'AWS::ApplicationInsights::Application';

/**
 * Adds a finding for each resource with which AWS attaches policies to roles that the templates do not name.
 *
 * @see https://docs.aws.amazon.com/cloudwatch/latest/APIReference/API_ApplicationInfo.html
 */
export function findAttachedPolicies(resources: StackResources, findings: Findings): void {
  for (const resource of resources.ofType(APPLICATION).filter((application) => isSet(application.property('AttachMissingPermission')) !== 'no')) {
    const message = `${resource.logicalId}, of type ${resource.type}, attaches policies to the roles of instances: which roles is not known`;
    findings.addGap('unread-policy', message, resource.place('Properties.AttachMissingPermission'), 'everything');
  }
}
