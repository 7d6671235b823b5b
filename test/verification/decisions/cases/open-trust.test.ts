import { decide, DENIED, reader, UNKNOWN } from './questions';
import { account, allow, objects, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const trusting = (trust: object) => ({ Other: role({ Effect: 'Allow', ...trust }, allow(LIST)) });
const byAccount = (AWS: unknown, Condition?: object) => trusting({ Action: 'sts:AssumeRole', Principal: { AWS }, Condition });
const GITHUB = 'token.actions.githubusercontent.com';
const byToken = (issuer: string, Condition: object) =>
  trusting({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` }, Condition });
const ofGithub = (sub: string, operator = 'StringLike') => byToken(GITHUB, { [operator]: { [`${GITHUB}:sub`]: sub } });
const ofGitlab = (claim: string, value: string) => byToken('gitlab.com', { StringLike: { [`gitlab.com:${claim}`]: value } });
const provider = {
  Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://gitlab.com', ClientIdList: ['x'] } },
  ...trusting({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { Ref: 'Provider' } }, Condition: { StringEquals: { 'gitlab.com:aud': 'x' } } }),
};
const google = (Condition: object) => trusting({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'accounts.google.com' }, Condition });

test.each<[string, object, string]>([
  ['everyone', byAccount('*'), UNKNOWN],
  ['everyone with an external ID', byAccount('*', { StringEquals: { 'sts:ExternalId': 'shop' } }), UNKNOWN],
  ['everyone in an organization', byAccount('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }), DENIED],
  ['everyone in no organization or that one', byAccount('*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }), UNKNOWN],
  ['everyone in an organization, whichever', byAccount('*', { Null: { 'aws:PrincipalOrgID': 'false' } }), UNKNOWN],
  ['everyone from an endpoint of a VPC', byAccount('*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }), UNKNOWN],
  ['everyone from an address', byAccount('*', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }), UNKNOWN],
  ['everyone with a role of some name', byAccount('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } }), UNKNOWN],
  ['everyone with a role of an account', byAccount('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/*' } }), DENIED],
  ['everyone in an account, from an address', byAccount('*', { StringEquals: { 'aws:PrincipalAccount': '444455556666' }, IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }), DENIED],
  ['another account', byAccount('444455556666'), DENIED],
  ['GitHub for any repository', byToken(GITHUB, { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } }), UNKNOWN],
  ['GitHub for any subject', ofGithub('*'), UNKNOWN],
  ['GitHub for any owner', ofGithub('repo:*'), UNKNOWN],
  ['GitHub for owners whose name starts like one', ofGithub('repo:acme*'), UNKNOWN],
  ['GitHub for no value or one', ofGithub('repo:acme/shop:*', 'ForAllValues:StringLike'), UNKNOWN],
  ['GitHub for one or none', ofGithub('repo:acme/shop:*', 'StringLikeIfExists'), UNKNOWN],
  ['GitHub for all but one', ofGithub('repo:acme/shop:*', 'StringNotLike'), UNKNOWN],
  ['GitHub for a repository', ofGithub('repo:acme/shop:*'), DENIED],
  ['GitHub for an owner', ofGithub('repo:acme/*'), DENIED],
  ['GitHub for a branch', ofGithub('repo:acme/shop:ref:refs/heads/main', 'StringEquals'), DENIED],
  ['GitHub for the owner of a claim', byToken(GITHUB, { StringEquals: { [`${GITHUB}:repository_owner`]: 'acme' } }), DENIED],
  ['GitHub for the visibility of a repository', byToken(GITHUB, { StringEquals: { [`${GITHUB}:repository_visibility`]: 'private' } }), UNKNOWN],
  ['GitLab of a provider of the templates for any project', provider, UNKNOWN],
  ['GitLab for groups whose name starts like one', ofGitlab('sub', 'project_path:acme*'), UNKNOWN],
  ['GitLab for a group', ofGitlab('sub', 'project_path:acme/*'), DENIED],
  ['GitLab for the group of a claim', ofGitlab('namespace_path', 'acme'), DENIED],
  ['GitLab for projects whose path starts like one', ofGitlab('project_path', 'acme*'), UNKNOWN],
  ['HCP Terraform for any organization', byToken('app.terraform.io', { StringEquals: { 'app.terraform.io:aud': 'aws.workload.identity' } }), UNKNOWN],
  ['HCP Terraform for an organization', byToken('app.terraform.io', { StringLike: { 'app.terraform.io:sub': 'organization:acme:project:*' } }), DENIED],
  ['Google for any user', google({ StringEquals: { 'accounts.google.com:aud': 'x.apps.googleusercontent.com' } }), UNKNOWN],
  ['Google for a user', google({ StringEquals: { 'accounts.google.com:sub': '1234' } }), DENIED],
  ['a provider of one organization', byToken('gitlab.example.com', { StringEquals: { 'gitlab.example.com:aud': 'x' } }), DENIED],
])('a pod without credentials might get a role that trusts %s, or not', (_, resources, expected) => {
  expect(decide({ Account: objects(account('app')), ...resources }, { action: LIST }).outcome).toBe(expected);
});

test.each<[object, string]>([
  [byAccount('*', { StringEquals: { 'aws:PrincipalTag/team': 'shop' } }), 'anyone might assume role Other from an account of their own, because it trusts everyone'],
  [ofGithub('repo:*'), `anyone might get role Other, which trusts arn:aws:iam::111122223333:oidc-provider/${GITHUB} and does not say whose tokens`],
])('the answer says how', (resources, what) => expect(decide({ ...reader([allow('sqs:ListQueues')]), ...resources }, { action: LIST }).missing).toContain(what));
