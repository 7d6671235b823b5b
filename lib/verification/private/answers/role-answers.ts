import { AccessOutcome } from '../../access-outcome';
import { RoleAnswer } from '../../role-answer';
import { Answer } from '../decisions/principal-verdict';
import { outcomeOf } from '../evaluation/outcomes';

/** The answer for some credentials, as data. */
export const answerOf = ({ credentials: { role, by, isDefault, isObtained, chain }, outcome }: Answer): RoleAnswer => ({
  role: role.label,
  roleArn: role.arn.toString(),
  by,
  isDefault: isDefault === 'yes',
  credentials: AccessOutcome[outcomeOf(isObtained)],
  outcome: AccessOutcome[outcome],
  how: [...chain],
});
