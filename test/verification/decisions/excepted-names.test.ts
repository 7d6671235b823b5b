import { app, byPolicy, GET, group, INLINE, LAMBDA, OBJECT, policy, read, READS, user } from './only-questions';
import { role } from '../templates';

describe('an exception by its name is nobody else:', () => {
  const OTHER = '444455556666';
  const ORGANIZATION = byPolicy('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } });
  const fails = (resources: object, ...namedExceptions: string[]): boolean => {
    const access = read(resources);
    try {
      access.assertOnly(GET, { ...OBJECT, principals: [app(access)], namedExceptions });
      return false;
    } catch (error) {
      expect((error as Error).message).toContain('only pods of service account default/app must be allowed');
      return true;
    }
  };

  test.each<[string, object, string]>([
    ['an account', byPolicy({ AWS: `arn:aws:iam::${OTHER}:root` }), OTHER],
    ['an account, by its root', byPolicy({ AWS: OTHER }), `arn:aws:iam::${OTHER}:root`],
    ['an account with its roles', byPolicy({ AWS: `arn:aws:iam::${OTHER}:role/reader` }), OTHER],
    ['a role of another account', byPolicy({ AWS: `arn:aws:iam::${OTHER}:role/reader` }), `arn:aws:iam::${OTHER}:role/reader`],
    ['everyone', byPolicy('*'), '*'],
    ['everyone, if the policy has a condition', ORGANIZATION, '*'],
    ['a user of the templates', { Alice: user({ UserName: 'alice', Policies: [INLINE] }) }, 'arn:aws:iam::111122223333:user/alice'],
    ['a group of the templates', { Admins: group({ GroupName: 'admins', Policies: [INLINE] }) }, 'arn:aws:iam::111122223333:group/admins'],
    ['a user outside the templates', { Reads: policy('AWS::IAM::Policy', { Users: ['bob'] }) }, 'arn:aws:iam::111122223333:user/bob'],
  ])('%s', (_, resources, name) => {
    expect([fails(resources), fails(resources, name)]).toEqual([true, false]);
  });

  test.each<[string, object, string]>([
    ['another account', byPolicy({ AWS: `arn:aws:iam::${OTHER}:root` }), '777788889999'],
    ['an account, if everyone is allowed', ORGANIZATION, OTHER],
    ['a role, if its account is allowed', byPolicy({ AWS: OTHER }), `arn:aws:iam::${OTHER}:role/reader`],
    ['the account of a function of the templates', { Other: role(LAMBDA, READS) }, '111122223333'],
  ])('but not %s', (_, resources, name) => {
    expect(fails(resources, name)).toBe(true);
  });
});
