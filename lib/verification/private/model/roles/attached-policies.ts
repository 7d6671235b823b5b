import { Findings } from '../../findings/findings';
import { isSet } from '../../values/text-parts';
import { StackResources } from '../stack-resources';

/** What attaches policies to the roles of instances, also to those of nodes. */
const APPLICATION = 'AWS::ApplicationInsights::Application';
const QUICK_SETUP = 'AWS::SSMQuickSetup::ConfigurationManager';

/**
 * Adds a finding for each resource with which AWS attaches policies to roles that the templates do not name.
 *
 * @see https://docs.aws.amazon.com/cloudwatch/latest/APIReference/API_ApplicationInfo.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-host-management.html
 */
export function findAttachedPolicies(resources: StackResources, findings: Findings): void {
  const attaching = [...resources.ofType(APPLICATION).filter((application) => isSet(application.property('AttachMissingPermission')) !== 'no'), ...resources.ofType(QUICK_SETUP)];
  for (const resource of attaching) {
    const message = `${resource.logicalId}, of type ${resource.type}, attaches policies to the roles of instances: which roles is not known`;
    findings.addGap('unread-policy', message, resource.place(resource.type === APPLICATION ? 'Properties.AttachMissingPermission' : undefined), 'everything');
  }
}
