import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { OidcIssuer } from '../../../lib';
import { warnOfIssuerId } from '../../../lib/cluster/private/issuer-id';
import { isOfEks, isProviderOfEks } from '../../../lib/verification/private/values/issuer-of-eks';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const unknown = Text.unknown(new Unknown('X', { label: 'X' }));
const startingWith = (start: string) => Text.join([Text.of(start), unknown]);

const OF_EKS = [
  'oidc.eks.us-west-2.amazonaws.com', 'oidc.eks.cn-north-1.amazonaws.com.cn', 'oidc.eks.us-gov-west-1.amazonaws.com', 'oidc-eks.us-west-2.api.aws', 'oidc.eks.us-iso-east-1.c2s.ic.gov',
].map((host) => `${host}/id/0123456789ABCDEF0123456789ABCDEF`);
const OTHERS = ['token.actions.githubusercontent.com', 'oidc.example.com/id/0123', 'cognito-identity.amazonaws.com', 'oidc.circleci.com/org/1', 'oidc'];
const OTHERS_OF_EKS = ['0123.gr7.us-west-2.eks.amazonaws.com', 'eks.us-west-2.amazonaws.com/clusters/prod'];

test.each(OF_EKS)('%s is an issuer of Amazon EKS', (issuer) => {
  expect(isOfEks(Text.of(issuer))).toBe('yes');
  expect(isProviderOfEks(Text.of(`arn:aws:iam::111122223333:oidc-provider/${issuer}`))).toBe('yes');
});

test.each([...OTHERS, ...OTHERS_OF_EKS])('%s is none', (issuer) => {
  expect(isOfEks(Text.of(issuer))).toBe('no');
  expect(isProviderOfEks(Text.of(`arn:aws:iam::111122223333:oidc-provider/${issuer}`))).toBe('no');
});

test.each([
  ['unknown', 'unknown', unknown], ['unknown', 'unknown after the start', startingWith('oidc.')], ['yes', 'unknown after its name', startingWith('oidc.eks.')],
  ['no', 'unknown after another name', startingWith('token.')],
])('whether it is one is %j if it is %s', (outcome, _, issuer) => {
  expect(isOfEks(issuer)).toBe(outcome);
});

test('an ARN of another kind is of no provider of Amazon EKS, and one that is not known may be', () => {
  expect([Text.of('arn:aws:iam::111122223333:saml-provider/corp'), Text.of('cognito-identity.amazonaws.com'), unknown].map(isProviderOfEks)).toEqual(['no', 'no', 'unknown']);
});

/** What the library outside the proof takes for an issuer of Amazon EKS: it warns of IDs that such an issuer does not have. */
function isWarnedOf(issuer: string): boolean {
  const stack = new Stack(new App(), 'Stack');
  warnOfIssuerId(stack, OidcIssuer.fromUrl(`https://${issuer}`));
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('issuers of Amazon EKS')).length > 0;
}

test.each([...OF_EKS, ...OTHERS])('the library takes the same for an issuer of Amazon EKS as the proof: %s', (issuer) => {
  const withShortId = issuer.replace(/\/id\/.*/, '/id/0123');
  expect(isWarnedOf(withShortId)).toBe(isOfEks(Text.of(withShortId)) === 'yes');
});

test.each(OTHERS_OF_EKS)('the library refuses other URLs of Amazon EKS: %s', (issuer) => {
  expect(() => OidcIssuer.fromUrl(`https://${issuer}`)).toThrow(/must be|but must/);
});
