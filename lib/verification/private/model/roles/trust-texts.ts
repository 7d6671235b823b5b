import { objectOf } from '../../values/json-text';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { StackResource } from '../stack-resource';

/** The texts in the trust policy of a role, which can be an object or a text with one. */
export const textsOfTrust = (role: StackResource): Text[] => role.once('texts of its trust policy', () => textsIn(objectOf(role.property('AssumeRolePolicyDocument'))));
