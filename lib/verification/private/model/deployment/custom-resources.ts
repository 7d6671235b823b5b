import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The custom resources of the templates. Only the conditions of these count as asked. */
export const customResources = (resources: StackResources): StackResource[] =>
  [...resources.ofService('Custom'), ...resources.ofType('AWS::CloudFormation::CustomResource')];
