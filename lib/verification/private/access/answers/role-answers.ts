import { Answer } from './principal-verdict';
import { reasonOf } from './to-public';
import { AccessOutcome } from '../../../access-outcome';
import { RoleAnswer } from '../../../role-answer';
import { outcomeOf } from '../reach/judgement';

/** The answer for some credentials, as data. */
export const answerOf = ({ credentials: { role, by, isDefault, isObtained, chain }, outcome }: Answer): RoleAnswer => ({
  role: role.label,
  by,
  isDefault: isDefault === 'yes',
  credentials: AccessOutcome[outcomeOf(isObtained)],
  outcome: AccessOutcome[outcome],
  how: chain.map(reasonOf),
});
