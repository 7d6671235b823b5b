import { App, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IIrsaCluster, IrsaCluster, PodCredentials, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole, verification } from '../../../lib';
import { account as serviceAccount, allow, arnOf, clusterTemplate, objects, podIdentityTrust, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const issuerUrl = (clusterName: string) => `https://oidc.eks.us-west-2.amazonaws.com/id/${clusterName.toUpperCase().repeat(32)}`;
const ISSUERS = { clusterIssuers: { d: issuerUrl('d'), e: issuerUrl('e') } };

type Define = (stack: Stack, cluster: IIrsaCluster) => iam.IGrantable;
const account: Define = (stack, cluster) => new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports' });
const roleAlone: Define = (stack, cluster) => new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [ServiceAccountSubject.exact('reports', 'reader')] });

/** Clusters `d` and `e`, each with a role of a stack of its own. Pods of `d` can list buckets. */
function twoClusters(ofD: Define, ofE: Define): verification.PodAccess {
  const app = new App();
  const [stack] = ([['d', ofD], ['e', ofE]] as const).map(([clusterName, define]) => {
    const one = new Stack(app, `Stack-${clusterName}`, { env: { account: '123456789012', region: 'us-west-2' } });
    const cluster = IrsaCluster.fromIrsaClusterAttributes(one, 'Cluster', {
      clusterName,
      issuerUrl: issuerUrl(clusterName),
      clusterEndpoint: 'https://EXAMPLE.gr7.us-west-2.eks.amazonaws.com',
      clusterCertificateAuthorityData: 'LS0tLS1CRUdJTiBDRVJU',
    });
    define(one, cluster).grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [clusterName === 'd' ? LIST : 'sqs:ListQueues'], resources: ['*'] }));
    return one;
  });
  return verification.PodAccess.fromStack(stack).assume({ noOtherNodes: true });
}

const pod = (access: verification.PodAccess, cluster?: string) => access.pod({ cluster, namespace: 'reports', serviceAccountName: 'reader', definedElsewhere: true });

describe.each<[string, Define, Define]>([
  ['service accounts', account, account],
  ['only roles', roleAlone, roleAlone],
  ['service accounts of one and roles of the other', account, roleAlone],
])('templates that have %s of two existing clusters', (_, ofD, ofE) => {
  const access = twoClusters(ofD, ofE);

  test('tell them apart if their issuers are stated', () => {
    const stated = access.assume(ISSUERS);
    expect(['d', 'e'].map((name) => pod(stated, name).decide(LIST).outcome)).toEqual(['ALLOWED', 'DENIED']);
  });

  test('make explanations list the issuers', () => {
    expect(`${pod(access.assume(ISSUERS), 'd').decide(LIST)}`).toContain(`the issuer of cluster d is ${issuerUrl('d')}; the issuer of cluster e is ${issuerUrl('e')}`);
  });
});

test('the explanation of an unknown issuer says how to state it', () => {
  const decision = pod(twoClusters(account, account), 'd').decide(LIST);
  expect(decision.outcome).toBe('UNKNOWN');
  expect(`${decision}`).toContain("if you know the issuer of cluster d: PodAccess.assume({ clusterIssuers: { 'd': 'https://oidc.eks…' } })");
});

test('the error about a cluster that the templates do not name says how to state its issuer', () => {
  expect(() => pod(twoClusters(roleAlone, account), 'd'))
    .toThrow("cluster d is not in the templates: the templates have e. If they have only roles for it, state its issuer: PodAccess.assume({ clusterIssuers: { 'd': 'https://oidc.eks…' } })");
});

const providerOf = (name: string) => `arn:aws:iam::123456789012:oidc-provider/${issuerUrl(name).slice('https://'.length)}`;
const trusting = (...providers: unknown[]) => ({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: providers } });
const trust = (...names: string[]) => trusting(...names.map(providerOf));
const addonIn = (ClusterName: unknown, roleArn: unknown = arnOf('Role')) =>
  ({ Type: 'AWS::EKS::Addon', Properties: { ClusterName, AddonName: 'aws-ebs-csi-driver', ServiceAccountRoleArn: roleArn } });
const readAddon = (addon: object, trustPolicyNamed: object, sections: object = {}) =>
  verification.PodAccess.fromTemplates({ template: { ...sections, Resources: { Addon: addon, Role: role(trustPolicyNamed), Other: role(trust('e')) } } });

test('EKS Pod Identity needs no issuers', () => {
  const associated: Define = (stack, cluster) => new ServiceAccountWithRole(stack, 'Reader', {
    cluster, serviceAccountName: 'reader', namespace: 'reports', podCredentials: PodCredentials.podIdentity(),
  });
  const access = twoClusters(associated, associated);
  expect(['d', 'e'].map((name) => pod(access, name).decide(LIST).outcome)).toEqual(['ALLOWED', 'DENIED']);
});

describe('a stated issuer', () => {
  test('must be a URL', () => {
    expect(() => twoClusters(account, account).assume({ clusterIssuers: { d: 'oidc.eks.us-west-2.amazonaws.com/id/D' } }))
      .toThrow('clusterIssuers.d is "oidc.eks.us-west-2.amazonaws.com/id/D", but must be the URL of an issuer, such as https://oidc.eks.us-west-2.amazonaws.com/id/ABC123');
  });

  test.each<[string, string, string]>([
    ['of a cluster that the templates do not name', 'f', issuerUrl('f')],
    ['with a wrong digit', 'd', issuerUrl('d').replace(/D$/, 'C')],
    ['in lower case', 'd', issuerUrl('d').toLowerCase()],
  ])('must be one that a role trusts: %s', (_, name, url) => {
    expect(() => twoClusters(account, roleAlone).assume({ clusterIssuers: { [name]: url } }))
      .toThrow(`clusterIssuers states the issuer of cluster ${name}, but no role trusts ${url}: correct the name or the URL. Of the issuers that roles trust, the templates have https://`);
  });

  test('must not be of a cluster that the templates create', () => {
    const template = { Resources: { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'd' } } } };
    expect(() => verification.PodAccess.fromTemplates({ template }).assume({ clusterIssuers: { d: issuerUrl('d') } }))
      .toThrow("clusterIssuers states the issuer of cluster d, which the templates create: pin it, or state it with attributes: { 'Cluster.OpenIdConnectIssuerUrl': 'https://oidc.eks…' }");
  });

  const ONE_FOR_TWO = `with clusterIssuers, clusters d and e have one issuer, ${issuerUrl('d')}, but each cluster has its own: correct a name or a URL`;

  test('must not be that of another cluster', () => {
    const access = twoClusters(roleAlone, roleAlone);
    expect(() => access.assume({ clusterIssuers: { d: issuerUrl('d'), e: issuerUrl('d') } })).toThrow(ONE_FOR_TWO);
    expect(() => access.assume({ clusterIssuers: { d: issuerUrl('d') } }).assume({ clusterIssuers: { e: issuerUrl('d') } })).toThrow(ONE_FOR_TWO);
  });

  test('must not be that of a cluster that the templates create', () => {
    const access = verification.PodAccess.fromTemplates(clusterTemplate({ Role: role(trust('d')) }));
    expect(() => access.assume({ attributes: { 'Cluster.OpenIdConnectIssuerUrl': issuerUrl('d') }, clusterIssuers: { e: issuerUrl('d') } }))
      .toThrow(ONE_FOR_TWO.replace('d and e', 'prod and e'));
  });
});

describe('stated issuers', () => {
  const conflict = (accountName: string, logicalId: string) => new RegExp(`^with clusterIssuers, ${issuerUrl('d')} is not the issuer of cluster d, but service account ${accountName} of this cluster has role `
    + `${logicalId}, which trusts this issuer: correct the name or the URL, or the role of the service account$`);

  test.each<[string, { [cluster: string]: string }]>([
    ['those of two clusters are swapped', { d: issuerUrl('e'), e: issuerUrl('d') }],
    ['the name is misspelled', { dd: issuerUrl('d') }],
  ])('must fit the role of a service account: %s', (_, clusterIssuers) => {
    expect(() => twoClusters(account, roleAlone).assume({ clusterIssuers })).toThrow(conflict('reports/reader', '\\w+'));
  });

  test('must fit the role of an add-on', () => {
    expect(() => readAddon(addonIn('d'), trust('d')).assume({ clusterIssuers: { d: issuerUrl('e') } })).toThrow(conflict('kube-system/ebs-csi-controller-sa', 'Role'));
  });

  test.each<[string, object, object, object?]>([
    ['a role that also trusts the stated one', addonIn('d'), trust('d', 'e')],
    ['a role that trusts no cluster', addonIn('d'), podIdentityTrust()],
    ['a role outside the templates', addonIn('d', 'arn:aws:iam::123456789012:role/elsewhere'), trust('d')],
    ['a role that trusts no cluster, but another issuer', addonIn('d'), trusting('arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com')],
    ['a role that may trust the stated one', addonIn('d'), trusting(providerOf('d'), { Ref: 'Provider' }), { Parameters: { Provider: { Type: 'String' } } }],
    ['the role of a cluster that the templates do not name for certain', addonIn({ Ref: 'Name' }), trust('d'), { Parameters: { Name: { Type: 'String' } } }],
    ['a role that fits with one outcome of the conditions', addonIn('d'), { ...trust(), Principal: { 'Fn::If': ['IsProd', trust('d').Principal, trust('e').Principal] } }, {
      Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    }],
  ])('fit %s', (_, addon, trustPolicyNamed, sections = {}) => {
    expect(() => readAddon(addon, trustPolicyNamed, sections).assume({ clusterIssuers: { d: issuerUrl('e') } })).not.toThrow();
  });

  test('say nothing about a cluster that the templates create', () => {
    const access = verification.PodAccess.fromTemplates(clusterTemplate({ Role: role(trust('d')), Objects: objects(serviceAccount('reader', 'Role')) }));
    expect(() => access.assume({ attributes: { 'Cluster.OpenIdConnectIssuerUrl': issuerUrl('e') }, clusterIssuers: { d: issuerUrl('d') } })).not.toThrow();
  });
});

describe('existing clusters of one name in two stages', () => {
  const app = new App();
  const [DEV, PROD] = ['111111111111', '222222222222'].map((number) => `arn:aws:eks:us-west-2:${number}:cluster/main`);
  for (const [id, number] of [['d', '111111111111'], ['e', '222222222222']]) {
    const stack = new Stack(new Stage(app, id), 'Stack', { env: { account: number, region: 'us-west-2' } });
    const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', {
      clusterName: 'main',
      issuerUrl: issuerUrl(id),
      clusterEndpoint: 'https://EXAMPLE.gr7.us-west-2.eks.amazonaws.com',
      clusterCertificateAuthorityData: 'LS0tLS1CRUdJTiBDRVJU',
    });
    account(stack, cluster).grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [id === 'd' ? LIST : 'sqs:ListQueues'], resources: ['*'] }));
  }
  const access = verification.PodAccess.fromAssembly(app.synth().directory).assume({ noOtherNodes: true });

  test('are told apart if their issuers are stated by their ARNs', () => {
    const stated = access.assume({ clusterIssuers: { [DEV]: issuerUrl('d'), [PROD]: issuerUrl('e') } });
    expect([DEV, PROD].map((arn) => pod(stated, arn).decide(LIST).outcome)).toEqual(['ALLOWED', 'DENIED']);
  });

  test('have explanations that say so', () => {
    expect(`${pod(access, PROD).decide(LIST)}`).toContain(`PodAccess.assume({ clusterIssuers: { '${PROD}': 'https://oidc.eks…' } })`);
    expect(() => access.assume({ clusterIssuers: { main: issuerUrl('d') } }))
      .toThrow(`clusterIssuers states the issuer of cluster main, but several clusters have this name: use their ARNs instead of the name: ${DEV}, ${PROD}`);
  });

  test('are told apart by roles alone', () => {
    const roles = twoClusters(roleAlone, roleAlone).assume({
      clusterIssuers: { [DEV]: issuerUrl('d'), [PROD]: issuerUrl('e') },
    });
    expect([DEV, PROD].map((arn) => pod(roles, arn).decide(LIST).outcome)).toEqual(['ALLOWED', 'DENIED']);
  });
});

describe('the provider of something else than a cluster, such as GitHub,', () => {
  const GITHUB = 'token.actions.githubusercontent.com';
  /** Names an owner, so that not anyone might get the role, and would admit the pod if this were its cluster. */
  const OF_OWNER = { StringLike: { [`${GITHUB}:sub`]: ['repo:acme/*', 'system:serviceaccount:reports:*'] } };
  const ofGithub = (type: string, issuer = GITHUB, Condition?: object) => verification.PodAccess.fromTemplates({
    stack: {
      Resources: {
        Agent: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: 'd', AddonName: 'eks-pod-identity-agent' } },
        ...type === 'AWS::EKS::Cluster' && { Cluster: { Type: type, Properties: { Name: 'd' } } },
        Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: `https://${issuer}`, ClientIdList: ['sts.amazonaws.com'] } },
        Role: role({ ...trusting({ Ref: 'Provider' }), Condition }, allow(LIST)),
      },
    },
  }).assume({ noOtherNodes: true });

  test.each(['AWS::EKS::Cluster', 'an existing cluster'])('is not taken for that of the only cluster: %s', (type) => {
    expect(pod(ofGithub(type, GITHUB, OF_OWNER), 'd').decide(LIST).outcome).toBe('DENIED');
  });

  test.each(['oidc.eks.us-west-2.amazonaws.com', 'oidc-eks.us-west-2.api.aws', 'oidc.eks.cn-north-1.amazonaws.com.cn'])('is told by its host: %s is that of clusters', (host) => {
    expect(pod(ofGithub('an existing cluster', `${host}/id/ABC123`), 'd').decide(LIST).outcome).toBe('ALLOWED');
  });

  test('is that of a cluster if you state it', () => {
    expect(pod(ofGithub('an existing cluster', GITHUB, OF_OWNER).assume({ clusterIssuers: { d: `https://${GITHUB}` } }), 'd').decide(LIST).outcome).toBe('ALLOWED');
  });
});
