import { readAddonAccounts } from './addon-accounts';
import { DEFAULT_AUDIENCE } from './default-audience';
import { Findings } from '../../findings/findings';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { ServiceAccount } from '../model';
import { StackResources } from '../stack-resources';

/**
 * The service accounts of the objects, and those that add-ons annotate with their role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export const readServiceAccounts = (objects: readonly KubernetesObject[], resources: StackResources, findings: Findings): ServiceAccount[] => [
  ...objects.filter(({ kind, group }) => kind === 'ServiceAccount' && group === '').flatMap(readServiceAccount),
  ...readAddonAccounts(resources, findings),
];

function readServiceAccount(object: KubernetesObject): ServiceAccount[] {
  const { cluster, namespace, name, place } = object;
  const annotation = (key: string) => textOf(object.at('metadata', 'annotations', `eks.amazonaws.com/${key}`));
  const roleArn = annotation('role-arn');
  return name ? [{ cluster, namespace, name, ...(roleArn && { roleArn }), audience: annotation('audience') ?? Text.of(DEFAULT_AUDIENCE), place }] : [];
}
