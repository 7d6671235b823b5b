import { Pattern } from '../../values/pattern';
import { Text } from '../../values/text';

/** What user data of nodes contains. The package aws-cfn-bootstrap is for all instances of CloudFormation. */
const BOOTSTRAP = /(?<!aws-cfn-)bootstrap|node\.eks\.aws|settings\.kubernetes/i;

/** Whether user data may let an instance join a cluster. */
export function isBootstrap(cluster: Text, userData: Text | undefined): boolean {
  const anything = Pattern.glob(Text.of('*'));
  const mayBootstrap = userData?.parts.some((part) => typeof part === 'string') ? BOOTSTRAP.test(`${userData}`) : true; // of an import, nothing is known
  return userData !== undefined && mayBootstrap && Pattern.join([anything, Pattern.exact(cluster), anything]).matches(userData) !== 'no';
}
