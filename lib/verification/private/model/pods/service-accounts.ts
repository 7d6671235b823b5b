import { readAddonAccounts } from './addon-accounts';
import { DEFAULT_AUDIENCE } from './default-audience';
import { Findings } from '../../findings/findings';
import { Resolved } from '../../values/resolved';
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
  ...objects.filter(isServiceAccount).flatMap(readServiceAccount),
  ...readAddonAccounts(resources, findings),
];

export const isServiceAccount = ({ kind, group }: KubernetesObject): boolean => kind === 'ServiceAccount' && group === '';

export function readServiceAccount(object: KubernetesObject): ServiceAccount[] {
  const { cluster, namespace, name, place } = object;
  return name ? [{ cluster, namespace, name, ...annotationsOf((key) => object.at('metadata', 'annotations', key)), place }] : [];
}

/** What the annotations of a service account say. */
export function annotationsOf(at: (key: string) => Resolved): Pick<ServiceAccount, 'audience' | 'roleArn'> {
  const [roleArn, audience = Text.of(DEFAULT_AUDIENCE)] = ['role-arn', 'audience'].map((key) => textOf(at(`eks.amazonaws.com/${key}`)));
  return { ...(roleArn && { roleArn }), audience };
}
