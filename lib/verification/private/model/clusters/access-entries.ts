import { textOf } from '../../values/text-parts';
import { AccessEntry } from '../model';
import { StackResources } from '../stack-resources';

/** @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
export const readAccessEntries = (resources: StackResources): AccessEntry[] => resources.ofType('AWS::EKS::AccessEntry').flatMap((resource) => {
  const [cluster, principalArn] = [resource.cluster('ClusterName'), textOf(resource.property('PrincipalArn'))];
  return cluster && principalArn ? [{ cluster, principalArn }] : [];
});
