import { AccessGrant } from '../model/access-entry';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';

/** How somebody may call the Kubernetes API: `as user ops`, `in group ops`, `with AmazonEKSViewPolicy in namespace apps`. */
export function grantWords({ kind, name, namespace }: AccessGrant, word: (text: Text) => string): string {
  switch (kind) {
    case 'user': return `as user ${word(name)}`;
    case 'group': return `in group ${word(name)}`;
    case 'policy': return `with ${word(name)}${namespace ? ` in namespace ${word(namespace)}` : ''}`;
    case 'node': return `as a node of type ${word(name)}`;
    case 'unread': return `by a list of aws-auth that is not JSON, ${word(name)}`;
  }
}

/** Each includes the one before. @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const WIDER_POLICIES = ['AmazonEKSViewPolicy', 'AmazonEKSEditPolicy', 'AmazonEKSAdminPolicy'];

/** Whether a grant gives all that another one gives. */
export function includesGrant(wide: AccessGrant, narrow: AccessGrant): boolean {
  if (narrow.kind === 'unread' || !isAdministrator(wide)) {
    return wide.kind === narrow.kind && (wide.kind === 'policy' ? includesPolicy(wide, narrow) : wide.name.key === narrow.name.key);
  }
  return true;
}

const isAdministrator = ({ kind, name, namespace }: AccessGrant): boolean =>
  (kind === 'group' && name.literal === 'system:masters') || (kind === 'policy' && name.literal === 'AmazonEKSClusterAdminPolicy' && !namespace);

function includesPolicy(wide: AccessGrant, narrow: AccessGrant): boolean {
  const [width, needed] = [wide, narrow].map(({ name }) => WIDER_POLICIES.indexOf(name.literal ?? ''));
  const isWidePolicy = wide.name.key === narrow.name.key || (needed >= 0 && width >= needed);
  return isWidePolicy && (!wide.namespace || (narrow.namespace !== undefined && Pattern.glob(wide.namespace).includes(narrow.namespace)));
}
