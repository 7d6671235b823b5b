import { lines } from './differences';
import { AccessDiff } from '../../../lib/verification/access-diff';
import { accessTo, READER_ARN, reader } from '../decisions/cases/questions';
import { allow, clusterTemplate, role } from '../templates';

const access = (actions: string[]) => {
  const trust = { Effect: 'Allow', Action: actions, Principal: { AWS: READER_ARN } };
  const statement = allow('s3:ListAllMyBuckets', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'admin' } } });
  const { Type, Properties } = role(trust, statement);
  return accessTo(clusterTemplate({ ...reader([]), Second: { Type, Properties: { ...Properties, RoleName: 'second' } } }));
};

test('a trust policy that lets a session choose its tags makes what depends on tags unknown', () => {
  const diff = AccessDiff.between(access(['sts:AssumeRole']), access(['sts:AssumeRole', 'sts:TagSession']));
  expect(lines(diff).join('\n')).toContain('credentials of role Second (sts:AssumeRole with session tags from Reader) have tags of any name = what the session chooses instead of none');
  expect(lines(diff).join('\n')).not.toContain('from Second');
  expect(diff.broadens).toBe(true);
});
