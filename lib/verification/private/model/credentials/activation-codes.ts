import { parsePolicy } from '../../policies/parse-policy';
import { Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { KeyCopy, UserKey } from '../identities';
import { Role } from '../model';

const SYSTEMS_MANAGER = Pattern.glob(Text.of('ssm.amazonaws.*'));

/**
 * What has the code of a hybrid activation of AWS Systems Manager: whoever registers a machine with it gets credentials of the role of the activation, which may be any
 * that trusts the service.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-activation-managed-nodes.html
 */
export function readActivationCodes(roles: readonly Role[], find: () => readonly KeyCopy[]): UserKey[] {
  const trusting = roles.filter(trustsSystemsManager);
  const copies = trusting.length === 0 ? [] : find();
  return copies.length === 0 ? [] : trusting.map(({ arn }) => ({ name: 'code of a hybrid activation', holderArn: arn, copies }));
}

const trustsSystemsManager = ({ trustPolicy }: Role): boolean => parsePolicy(trustPolicy, 'trust').statements
  .some(({ effect, principals }) => effect !== 'Deny' && principals?.principals.some(({ kind, name }) => kind === 'Service' && SYSTEMS_MANAGER.matches(name) !== 'no'));
