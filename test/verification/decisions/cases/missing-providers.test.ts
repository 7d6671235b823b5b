import { ACCOUNT, accessTo, ALLOWED, REGION, shown, UNKNOWN } from './questions';
import { account, allow, clusterTemplate, objects, role } from '../../templates';

const HOST = `oidc.eks.${REGION}.amazonaws.com`;
const ISSUER = `${HOST}/id/EXAMPLED539D4633E53DE1B71EXAMPLE`;
const PROVIDER_ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
const MISSING = `whether the IAM OIDC provider ${PROVIDER_ARN} exists, which no template creates`;
const ASSUMED = `the IAM OIDC provider ${PROVIDER_ARN} exists, which no template creates`;
const LIST = 's3:ListAllMyBuckets';

const reader = role({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: PROVIDER_ARN },
  Condition: { StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:default:app', [`${ISSUER}:aud`]: 'sts.amazonaws.com' } },
}, allow(LIST));

/** With a cluster of the templates, and the provider of this URL. */
function access(url?: string) {
  const { stack } = clusterTemplate({ Reader: reader, Objects: objects(account('app', 'Reader')) });
  const { Provider: _, ...others } = stack.Resources;
  const provider = url && { Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: url, ClientIdList: ['sts.amazonaws.com'] } } };
  return accessTo({ stack: { Resources: { ...others, ...provider } } }).assume({ attributes: { 'Cluster.OpenIdConnectIssuerUrl': `https://${ISSUER}` } });
}

/** With a cluster that the templates only name. */
function accessInExisting() {
  const resources = { Reader: reader, Objects: objects(account('app', 'Reader')) };
  return accessTo({ stack: { Resources: JSON.parse(JSON.stringify(resources).replaceAll('{"Ref":"Cluster"}', '"existing"')) } });
}

const decide = (asked: ReturnType<typeof access>, action = LIST) => asked.pod({ serviceAccountName: 'app' }).decide(action);

describe('a provider that no template creates, for a cluster that they create', () => {
  test('may not exist', () => {
    const decision = decide(access());
    expect(shown(decision)).toBe(UNKNOWN);
    expect(decision.missing).toEqual([MISSING]);
    expect(/Assumed:.*/.exec(`${decision}`)?.[0]).not.toContain(ASSUMED);
    expect(() => access().trustPolicyNamed('Reader').assertAdmitsOnly({ serviceAccountName: 'app' }))
      .toThrow(`but might not:\n  identity provider ${PROVIDER_ARN}, which no template creates: it is not known whether it exists`);
    expect(access().trustPolicyNamed('Reader').decideToken({ serviceAccountName: 'app' })).toMatchObject({ outcome: UNKNOWN, missing: [MISSING] });
  });

  test('exists if the user states it', () => {
    const stated = access().assume({ oidcProvidersExist: true });
    expect(shown(decide(stated))).toBe(ALLOWED);
    expect(`${decide(stated)}`).toContain('IAM OIDC providers exist that trust policies name and no template creates');
    stated.trustPolicyNamed('Reader').assertAdmitsOnly({ serviceAccountName: 'app' });
  });

  test('gives no access that policies do not allow', () => {
    access().pod({ serviceAccountName: 'app' }).assertDenied('sqs:SendMessage');
  });

  test.each([
    ['in lower case', `https://${ISSUER.toLowerCase()}`],
    ['with a slash at the end', `https://${ISSUER}/`],
    ['with a longer path', `https://${ISSUER}/keys`],
    ['with a shorter path', `https://${HOST}`],
  ])('is not the one of the templates, whose URL is that of the cluster %s', (_, url) => {
    const decision = decide(access(url));
    expect(shown(decision)).toBe(UNKNOWN);
    expect(decision.missing).toEqual([MISSING]);
    const similar = `the templates create a similar identity provider, Provider, with the ARN arn:aws:iam::${ACCOUNT}:oidc-provider/${url.slice('https://'.length)}`;
    expect(`${decision}`).toContain(similar);
    expect(() => access(url).trustPolicyNamed('Reader').assertAdmits({ serviceAccountName: 'app' })).toThrow(similar);
  });

  test('is not like the provider of another cluster', () => {
    expect(`${decide(access(`https://${HOST}/id/OTHER`))}`).not.toContain('similar');
  });
});

test('the provider of a cluster that the templates create is theirs if its URL is the same', () => {
  const decision = decide(access(`https://${ISSUER}`));
  expect(shown(decision)).toBe(ALLOWED);
  expect(`${decision}`).not.toContain('the IAM OIDC provider');
});

describe('a provider that no template creates, for a cluster that they only name', () => {
  test('is assumed to exist, because the cluster is in use', () => {
    const decision = decide(accessInExisting());
    expect(decision.outcomeByDefault).toBe(ALLOWED);
    expect(`${decision}`).toContain(`${ASSUMED}; the IAM OIDC provider ${PROVIDER_ARN} belongs to cluster existing\n`);
    expect(`${decide(accessInExisting().assume({ oidcProvidersExist: true }))}`).not.toContain(ASSUMED);
  });

  test('is not mentioned as an assumption if policies deny the action anyway', () => {
    expect(`${decide(accessInExisting().assume({ noOtherNodes: true }), 'sqs:SendMessage')}`).not.toContain('the IAM OIDC provider');
  });

  test('is assumed to exist for roles that the pods assume with its credentials', () => {
    const next = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/reader` } }, allow('sqs:SendMessage'));
    const resources = { Reader: { ...reader, Properties: { RoleName: 'reader', ...reader.Properties } }, Next: next, Objects: objects(account('app', 'Reader')) };
    const decision = decide(accessTo({ stack: { Resources: JSON.parse(JSON.stringify(resources).replaceAll('{"Ref":"Cluster"}', '"existing"')) } }), 'sqs:SendMessage');
    expect(decision.outcome).toBe(ALLOWED);
    expect(`${decision}`).toContain(ASSUMED);
  });
});
