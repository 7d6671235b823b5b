import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IIrsaCluster, IrsaCluster, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole, verification } from '../../../lib';

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
    const cluster = IrsaCluster.fromClusterAttributes(one, 'Cluster', {
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

describe('a stated issuer', () => {
  test.each<[string, { [cluster: string]: string }, string]>([
    ['must be a URL', { d: 'oidc.eks.us-west-2.amazonaws.com/id/D' }, 'clusterIssuers.d is "oidc.eks.us-west-2.amazonaws.com/id/D", but must be the URL of an issuer, such as https://oidc.eks.us-west-2.amazonaws.com/id/ABC123'],
    ['must be of a cluster that the templates name, or whose issuer a role trusts', { f: issuerUrl('f') }, 'clusterIssuers states the issuer of cluster f, which the templates do not name, and which no role trusts'],
  ])('%s', (_, clusterIssuers, message) => {
    expect(() => twoClusters(account, account).assume({ clusterIssuers })).toThrow(message);
  });

  test('must not be of a cluster that the templates create', () => {
    const template = { Resources: { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'd' } } } };
    expect(() => verification.PodAccess.fromTemplates({ template }).assume({ clusterIssuers: { d: issuerUrl('d') } }))
      .toThrow("clusterIssuers states the issuer of cluster d, which the templates create: pin it, or state it with attributes: { 'Cluster.OpenIdConnectIssuerUrl': 'https://oidc.eks…' }");
  });
});
