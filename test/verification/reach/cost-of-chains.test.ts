import { chainedRoles, DEPLOYED } from './role-chains';
import { verification } from '../../../lib';
import { SessionContext } from '../../../lib/verification/private/evaluation/session-context';

/** How often it is decided whether a role may assume another. */
function decisions(accounts: number): number {
  const decided = jest.spyOn(SessionContext, 'chained');
  const { sides: [{ principals }] } = verification.PodAccess.fromTemplates(chainedRoles(accounts)).assume(DEPLOYED)._internal;
  expect(principals.filter(({ reach: { credentials } }) => credentials.length >= accounts).length).toBeGreaterThanOrEqual(accounts);
  const { length } = decided.mock.calls;
  jest.restoreAllMocks();
  return length;
}

test('whether a role may assume another is decided once, not once for each principal that gets the role', () => {
  const [few, many] = [decisions(10), decisions(20)];
  expect(few).toBeGreaterThanOrEqual(10 * 9);
  expect(many).toBeLessThanOrEqual(5 * few); // twice the accounts, four times the pairs of roles
});
