import { ACCOUNT, ALLOWED, CLUSTER_ARN, complete, decide, decideIn, DENIED, Question, READER_ARN, REACHABLE, reader, shown, UNKNOWN } from './questions';
import { account, allow, association, deny, objects, podIdentityTrust, role, trustOf } from '../../templates';

const LIST = 'sqs:ListQueues';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const OTHER = '444455556666';
const ASSUME = ['sts:AssumeRole', 'sts:TagSession'];
const trustedBy = (principal: string, action: string | string[] = 'sts:AssumeRole', condition?: object) =>
  ({ Effect: 'Allow', Action: action, Principal: { AWS: principal }, ...condition && { Condition: condition } });
const target = (trust: object, more: object = {}) => {
  const { Type, Properties } = role(trust, allow(LIST));
  return { Target: { Type, Properties: { RoleName: 'target', ...Properties, ...more } } };
};
const limitedTo = (action: string) => ({ Limit: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement: allow(action) } } } });
const BOUNDARY = { PermissionsBoundary: { Ref: 'Limit' } };
const own = (trust: object, ...statements: object[]) => role(trust, ...statements);

const answers = (resources: object, question: Partial<Question> = {}) => shown(decide(resources, { action: LIST, ...question }));

describe('a role that another role assumes', () => {
  test.each(complete([
    ['needs no permission of a role of its account that its trust policy names', { ...reader(), ...target(trustedBy(READER_ARN)) }, REACHABLE],
    ['needs permission if its trust policy names the account', { ...reader(), ...target(trustedBy(ROOT)) }, DENIED],
    ['needs permission if its trust policy has the number of the account', { ...reader(), ...target(trustedBy(ACCOUNT)) }, DENIED],
    ['is reached through the account with permission', { ...reader([allow('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/target`)]), ...target(trustedBy(ROOT)) }, REACHABLE],
    ['is out of reach beyond a boundary', { ...limitedTo('s3:*'), ...reader([], BOUNDARY), ...target(trustedBy(READER_ARN)) }, DENIED],
    ['is in reach within a boundary', { ...limitedTo('sts:*'), ...reader([], BOUNDARY), ...target(trustedBy(READER_ARN)) }, REACHABLE],
    ['is out of reach if a statement denies it', { ...reader([deny('sts:AssumeRole')]), ...target(trustedBy(READER_ARN)) }, DENIED],
    ['may be in reach if the account of the role is not known', { ...reader(), ...target(trustedBy(READER_ARN)) }, 'UNKNOWN, by default DENIED', { parameters: { 'AWS::AccountId': undefined } }],
    ['does not follow from another name in the trust policy', { ...reader(), ...target(trustedBy(`arn:aws:iam::${ACCOUNT}:role/read`)) }, DENIED],
    ['does not follow from a pattern of names, which IAM does not accept', { ...reader([allow('sts:AssumeRole')]), ...target(trustedBy(`arn:aws:iam::${ACCOUNT}:role/*`)) }, 'UNKNOWN, by default DENIED'],
    ['of a role of another account needs permission of both sides', { ...reader([allow('sts:AssumeRole')]), ...target(trustedBy(`arn:aws:iam::${OTHER}:root`)) }, 'UNKNOWN, by default DENIED'],
    ['may be reached by everyone', { ...reader([allow('sts:AssumeRole')]), ...target(trustedBy('*')) }, REACHABLE],
    ['asks for an external ID that a pod can choose', { ...reader(), ...target(trustedBy(READER_ARN, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } })) }, 'UNKNOWN, by default DENIED'],
  ]))('%s', (_, resources, expected, question) => {
    expect(answers(resources, question)).toBe(expected);
  });
});

describe('EKS Pod Identity', () => {
  const associated = (trust: object | object[], more: object = {}, ...statements: object[]) => ({ First: { ...role(trust, ...statements), Properties: { RoleName: 'reader', ...role(trust, ...statements).Properties } }, Association: association('app', 'First', more) });
  const separate = ASSUME.map((action) => ({ ...podIdentityTrust(), Action: action }));
  const fromEks = (condition?: object) => podIdentityTrust(condition);
  test.each(complete([
    ['takes sts:TagSession', associated({ ...fromEks(), Action: 'sts:AssumeRole' }, {}, allow(LIST)), DENIED],
    ['takes no sts:TagSession without session tags', associated({ ...fromEks(), Action: 'sts:AssumeRole' }, { DisableSessionTags: true }, allow(LIST)), ALLOWED],
    ['takes it in another statement, too', associated(separate, {}, allow(LIST)), ALLOWED],
    ['as aws-eks-v2 writes it', associated([{ ...fromEks(), Action: 'sts:AssumeRole' }, fromEks()], {}, allow(LIST)), ALLOWED],
    ['may take it if only the deployment knows whether there are session tags', associated({ ...fromEks(), Action: 'sts:AssumeRole' }, { DisableSessionTags: { Ref: 'NoTags' } }, allow(LIST)), UNKNOWN],
    ['gives the tags that the trust policy asks for', associated(fromEks({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'default' } }), {}, allow(LIST)), ALLOWED],
    ['does not give others', associated(fromEks({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'reports' } }), {}, allow(LIST)), DENIED],
    ['gives none if they are disabled', associated(fromEks({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'default' } }), { DisableSessionTags: true }, allow(LIST)), DENIED],
    ['may give none', associated(fromEks({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'default' } }), { DisableSessionTags: { Ref: 'NoTags' } }, allow(LIST)), UNKNOWN],
    ['gives the cluster as the source', associated(fromEks({ ArnEquals: { 'aws:SourceArn': CLUSTER_ARN }, StringEquals: { 'aws:SourceAccount': ACCOUNT } }), {}, allow(LIST)), ALLOWED],
    ['gives no other cluster as the source', associated(fromEks({ ArnEquals: { 'aws:SourceArn': `${CLUSTER_ARN}-2` } }), {}, allow(LIST)), DENIED],
    ['has transitive tags, so that a chained role takes sts:TagSession', { ...associated(fromEks()), ...target(trustedBy(READER_ARN)) }, DENIED],
    ['reaches a chained role with it', { ...associated(fromEks()), ...target(trustedBy(READER_ARN, ASSUME)) }, REACHABLE],
    ['reaches a chained role of the account with permission for both', { ...associated(fromEks(), {}, allow(ASSUME)), ...target(trustedBy(ROOT, ASSUME)) }, REACHABLE],
    ['reaches no chained role of the account with permission for one', { ...associated(fromEks(), {}, allow('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/target`)), ...target(trustedBy(ROOT, ASSUME)) }, DENIED],
    ['gives the credentials of a target role', { ...associated(fromEks(), { TargetRoleArn: `arn:aws:iam::${ACCOUNT}:role/target` }), ...target(trustedBy(READER_ARN, ASSUME)) }, ALLOWED],
    ['does not give those of the role that assumes it', {
      ...associated(fromEks(), { TargetRoleArn: `arn:aws:iam::${ACCOUNT}:role/target` }, allow('sqs:ListQueues')), Target: { ...role(trustedBy(READER_ARN, ASSUME)), Properties: { ...role(trustedBy(READER_ARN, ASSUME)).Properties, RoleName: 'target' } },
    }, DENIED],
    ['has an external ID for a target role that EKS makes', {
      ...associated(fromEks(), { TargetRoleArn: `arn:aws:iam::${ACCOUNT}:role/target` }), ...target(trustedBy(READER_ARN, ASSUME, { StringEquals: { 'sts:ExternalId': 'something' } })),
    }, UNKNOWN],
    ['has an external ID for a target role in any case', {
      ...associated(fromEks(), { TargetRoleArn: `arn:aws:iam::${ACCOUNT}:role/target` }), ...target(trustedBy(READER_ARN, ASSUME, { Null: { 'sts:ExternalId': 'false' } })),
    }, ALLOWED],
    ['has no external ID for the role of the association', associated(fromEks({ Null: { 'sts:ExternalId': 'false' } }), {}, allow(LIST)), DENIED],
    ['limits the target role with the session policy', {
      ...associated(fromEks(), { TargetRoleArn: `arn:aws:iam::${ACCOUNT}:role/target`, DisableSessionTags: true, Policy: JSON.stringify({ Version: '2012-10-17', Statement: allow('s3:*') }) }), ...target(trustedBy(READER_ARN)),
    }, DENIED],
    ['of an add-on is an association, too', {
      First: own(fromEks(), allow(LIST)),
      Addon: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'some', NamespaceConfig: { Namespace: 'default' }, PodIdentityAssociations: [{ ServiceAccount: 'app', RoleArn: { 'Fn::GetAtt': ['First', 'Arn'] } }] } },
    }, ALLOWED],
  ]))('%s', (_, resources, expected, question) => {
    expect(answers(resources, question)).toBe(expected);
  });
});

describe('the identity provider', () => {
  const issuer = (cluster: string) => ({ 'Fn::Select': [1, { 'Fn::Split': ['https://', { 'Fn::GetAtt': [cluster, 'OpenIdConnectIssuerUrl'] }] }] });
  const text = (condition: string, federated = '${Provider}') => ({
    'Fn::Sub': [`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":${federated.startsWith('[') ? federated : `"${federated}"`}},"Condition":${condition}}]}`, { Issuer: issuer('Cluster'), Other: issuer('Cluster2') }],
  });
  const reads = (trust: any, provider: object = {}) => ({
    ...reader([allow(LIST)], { AssumeRolePolicyDocument: trust }),
    Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }, ClientIdList: ['sts.amazonaws.com'], ...provider } },
    Cluster2: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'other' } },
    Provider2: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster2', 'OpenIdConnectIssuerUrl'] }, ClientIdList: ['sts.amazonaws.com'] } },
  });
  const SUBJECT = 'system:serviceaccount:default:app';
  test.each(complete([
    ['must accept the audience', reads(trustOf('default:app'), { ClientIdList: ['other'] }), DENIED],
    ['must be that of the cluster, whose token has no claims of another issuer', reads(text(`{"StringEquals":{"\${Other}:sub":"${SUBJECT}"}}`)), DENIED],
    ['of another cluster is no obstacle to conditions that hold on missing claims', reads(text(`{"StringNotEquals":{"\${Other}:sub":"${SUBJECT}"}}`)), ALLOWED],
    ['of another cluster is none to conditions of IfExists', reads(text('{"StringEqualsIfExists":{"${Other}:sub":"x"}}')), ALLOWED],
    ['of another cluster is none to ForAllValues', reads(text('{"ForAllValues:StringEquals":{"${Other}:sub":["x"]}}')), ALLOWED],
    ['cannot have the claims of two issuers', reads(text(`{"StringEquals":{"\${Issuer}:sub":"${SUBJECT}","\${Other}:sub":"${SUBJECT}"}}`, '["${Provider}","${Provider2}"]')), DENIED],
    ['of another account is not one of the role', reads(text(`{"StringEquals":{"\${Issuer}:sub":"${SUBJECT}"}}`, `arn:aws:iam::${OTHER}:oidc-provider/\${Issuer}`)), DENIED],
    ['compares subjects without wildcards unless the operator has them', reads(text('{"StringEquals":{"${Issuer}:sub":"system:serviceaccount:default:*"}}')), DENIED],
    ['compares subjects with wildcards if the operator has them', reads(text('{"StringLike":{"${Issuer}:sub":"system:serviceaccount:default:*"}}')), ALLOWED],
    ['has keys in any case', reads(text(`{"StringEquals":{"\${Issuer}:SUB":"${SUBJECT}"}}`)), ALLOWED],
  ]))('%s', (_, resources, expected, question) => {
    expect(answers(resources, { cluster: 'prod', ...question })).toBe(expected);
  });

  test('that no template creates is assumed to exist', () => {
    const issuerOfCluster = 'oidc.eks.us-west-2.amazonaws.com/id/EXISTING';
    const templates = {
      Role: {
        ...role({
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuerOfCluster}` },
          Condition: { StringEquals: { [`${issuerOfCluster}:sub`]: SUBJECT, [`${issuerOfCluster}:aud`]: 'sts.amazonaws.com' } },
        }, allow(LIST)),
      },
      Objects: { ...objects(account('app', 'Role')), Properties: { ...objects(account('app', 'Role')).Properties, ClusterName: 'existing' } },
    };
    const decision = decideIn({ stack: { Resources: templates } }, { action: LIST });
    expect(decision.outcomeByDefault).toBe(ALLOWED);
    expect(`${decision}`).toContain('which no template creates: it is assumed to exist');
  });
});

test('a principal that denies everyone but a role is unknown, because nobody knows the name of the session', () => {
  const decision = decide({ ...reader([], {}), ...target([trustedBy(READER_ARN), { Effect: 'Deny', Action: 'sts:AssumeRole', NotPrincipal: { AWS: READER_ARN } }] as object) }, { action: LIST });
  expect(shown(decision)).toBe('UNKNOWN, by default DENIED');
});
