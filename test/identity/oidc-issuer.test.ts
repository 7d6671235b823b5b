import { Token } from 'aws-cdk-lib';
import { OidcIssuer } from '../../lib';

const ISSUER = 'oidc.eks.us-west-2.amazonaws.com/id/ABC123';

test('an issuer has no scheme, whether it comes from a URL or from a provider', () => {
  expect(OidcIssuer.fromUrl(`https://${ISSUER}`).value).toBe(ISSUER);
  expect(OidcIssuer.fromProviderArn(`arn:aws-cn:iam::123456789012:oidc-provider/${ISSUER}`).value).toBe(ISSUER);
});

test('its condition keys are the ones of IAM', () => {
  const issuer = OidcIssuer.fromUrl(`https://${ISSUER}`);
  expect([issuer.audienceKey, issuer.subjectKey, `${issuer}`]).toEqual([`${ISSUER}:aud`, `${ISSUER}:sub`, ISSUER]);
});

test('an issuer that is known only at deployment is a token, and so are its keys', () => {
  for (const issuer of [OidcIssuer.fromUrl(Token.asString({ Ref: 'Url' })), OidcIssuer.fromProviderArn(Token.asString({ Ref: 'Arn' }))]) {
    expect([issuer.value, issuer.audienceKey, issuer.subjectKey].map((text) => Token.isUnresolved(text))).toEqual([true, true, true]);
  }
});

test.each([
  '', 'https://', `http://${ISSUER}`, ISSUER, `https://${ISSUER}/`, `https://${ISSUER}?a=b`, `https://${ISSUER}#a`, `https://a b/${ISSUER}`,
])('fails for a URL that is not a valid issuer: "%s"', (url) => {
  expect(() => OidcIssuer.fromUrl(url)).toThrow(`issuerUrl is "${url}", but must be of the form https://oidc.eks.us-west-2.amazonaws.com/id/ABC123`);
});

test('fails for an ARN that is not the ARN of an OIDC provider', () => {
  expect(() => OidcIssuer.fromProviderArn('arn:aws:iam::123456789012:role/a')).toThrow(
    'openIdConnectProviderArn is "arn:aws:iam::123456789012:role/a", but must be of the form arn:<partition>:iam::<account>:oidc-provider/');
});

describe('an issuer that is longer than the URL of an OIDC provider can be', () => {
  const issuer = (length: number) => `example.com/${'eks.'.repeat(length)}`.slice(0, length);

  test('is refused before a regular expression has to read it', () => {
    const tests = jest.spyOn(RegExp.prototype, 'test');
    try {
      for (const [property, define] of Object.entries({
        issuerUrl: () => OidcIssuer.fromUrl(`https://${issuer(5_000)}`),
        openIdConnectProviderArn: () => OidcIssuer.fromProviderArn(`arn:aws:iam::123456789012:oidc-provider/${issuer(5_000)}`),
      })) {
        expect(define).toThrow(new Error(`the length of the issuer in ${property} is 5000, but must be at most 247 characters`));
      }
      const read = () => tests.mock.contexts.filter(({ source }) => source.includes('eks')).length;
      expect(read()).toBe(0);
      OidcIssuer.fromUrl(`https://${ISSUER}`);
      expect(read()).toBeGreaterThan(0);
    } finally {
      tests.mockRestore();
    }
  });

  test('is refused only above the limit of IAM', () => {
    expect(OidcIssuer.fromUrl(`https://${issuer(247)}`).value).toHaveLength(247);
    expect(() => OidcIssuer.fromUrl(`https://${issuer(248)}`)).toThrow('the length of the issuer in issuerUrl is 248');
  });
});
