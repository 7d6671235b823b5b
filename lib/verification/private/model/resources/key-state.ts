import { Policy } from '../../policies/policy';
import { fromJson } from '../../values/from-json';
import { isSet, isText } from '../../values/text-parts';
import { Truth } from '../../values/truth';
import { StackResource } from '../stack-resource';

const USAGES: { readonly [usage: string]: readonly string[] } = {
  ENCRYPT_DECRYPT: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  GENERATE_VERIFY_MAC: ['kms:GenerateMac', 'kms:VerifyMac'],
  KEY_AGREEMENT: ['kms:DeriveSharedSecret'],
  SIGN_VERIFY: ['kms:Sign', 'kms:Verify'],
};

/**
 * What a key refuses whatever its policy allows, as policies: the operations for which it is not, and all of them while it is disabled. Somebody may enable it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/create-keys.html#key-usage
 */
export function stateOfKey(key: StackResource): Policy[] {
  const [enabled, usage] = ['Enabled', 'KeyUsage'].map((property) => key.property(property));
  const isEnabled = enabled === undefined || isSet(enabled) === 'yes';
  const actionsFor = (truth: Truth) => Object.entries(USAGES).filter(([name]) => isText(usage, name) === truth).flatMap(([, actions]) => actions);
  const refused = usage === undefined ? [] : actionsFor('no');
  const open = isEnabled ? actionsFor('unknown') : Object.values(USAGES).flat();
  const policy = { name: `state of key ${key.logicalId}`, place: key.place() };
  const denying = fromJson({ Version: '2012-10-17', Statement: { Effect: 'Deny', Principal: '*', Action: refused, Resource: '*' } });
  const unknown = `whether key ${key.logicalId} is enabled, and for what`;
  return [
    ...(refused.length > 0 ? [{ ...policy, document: denying }] : []),
    ...(open.length > 0 ? [{ ...policy, unknown, actions: open.map((action) => action.toLowerCase()), onlyDenies: true as const }] : []),
  ];
}
