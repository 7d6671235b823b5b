import { Credentials } from './credentials';
import { possibleCredentials } from './next-credentials';
import { RoleIndex } from '../assignments/role-index';

/** The credentials of roles that anyone might get with an account of their own, of AWS or of a provider of identities, and so a pod without any credentials, too. */
export const rolesOpenToAccounts = ({ open }: RoleIndex): Credentials[] => open.map(({ role, provider }) => {
  if (provider === undefined) {
    const ofAccounts = possibleCredentials(role, 'any account', `anyone might assume role ${role.label} from an account of their own, because it trusts everyone`);
    return { ...ofAccounts, session: { ...ofAccounts.session, hasChosenTags: true } };
  }
  const what = `anyone might get role ${role.label}, which trusts ${provider} and does not say whose tokens`;
  const ofTokens = possibleCredentials(role, `${provider}`, what);
  return { ...ofTokens, session: { ...ofTokens.session, hasChosenTags: true, federatedProvider: provider } };
});
