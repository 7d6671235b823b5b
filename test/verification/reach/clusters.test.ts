import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, ServiceAccountWithRole, verification } from '../../../lib';
import { ExistingCluster, version } from '../../stacks';
import { account, accountRole, allow, association, clusterTemplate, objects, podIdentityTrust, role } from '../templates';

const { PodAccess } = verification;
const LIST = 'sqs:ListQueues';

describe('the clusters of an app', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'eu-central-1' } });
  const issuerUrl = 'https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
  const cluster = new IrsaCluster(stack, 'Cluster', { version, issuerUrl, clusterName: 'own' });
  const existing = new ExistingCluster(stack, 'Existing');
  for (const [id, of] of [['Own', cluster], ['Other', existing]] as const) {
    new ServiceAccountWithRole(stack, id, { cluster: of, serviceAccountName: 'app' }).role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [id === 'Own' ? LIST : 's3:ListAllMyBuckets'], resources: ['*'] }));
  }
  const access = PodAccess.fromStack(stack);
  const [logicalId] = Object.keys(Template.fromStack(stack).findResources('AWS::EKS::Cluster'));
  const assumed = access.assume({ noOtherNodes: true, attributes: { [`${logicalId}.OpenIdConnectIssuerUrl`]: issuerUrl } });

  test('can have accounts of the same name', () => {
    const pod = assumed.pod({ serviceAccountName: 'app', cluster: 'existing' });
    pod.assertAllowed('s3:ListAllMyBuckets');
    pod.assertDenied(LIST);
    assumed.pod({ serviceAccountName: 'app', cluster: logicalId }).assertDenied('s3:ListAllMyBuckets');
  });

  test('cannot be told apart if CloudFormation generates the name of one', () => {
    const named = { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ...association('app', 'Role').Properties, ClusterName: 'Cluster-1ABCDEFGHIJK2' } };
    const templates = clusterTemplate({ Cluster: { Type: 'AWS::EKS::Cluster', Properties: {} }, Role: role(podIdentityTrust(), allow(LIST)), Named: named, Objects: objects(account('app')) });
    const decision = PodAccess.fromTemplates(templates).pod({ serviceAccountName: 'app', cluster: 'Cluster' }).decide(LIST);
    expect([decision.outcome, decision.missing]).toEqual(['UNKNOWN', expect.arrayContaining(['whether this applies to these pods: EKS Pod Identity association Named'])]);
  });

  test('do not take the annotation of an account that may be defined in one of them', () => {
    const applied = objects(account('app'));
    const templates = clusterTemplate({
      Cluster: { Type: 'AWS::EKS::Cluster', Properties: {} }, Role: accountRole('default:app', allow(LIST)), Objects: { ...applied, Properties: { ...applied.Properties, ClusterName: 'Cluster-1ABCDEFGHIJK2' } },
    });
    const { missing } = PodAccess.fromTemplates(templates).pod({ serviceAccountName: 'app', cluster: 'Cluster' }).decide(LIST);
    expect(missing).toContain('the annotation of the service account, which no template defines for certain');
  });

  test('can have an issuer that you state', () => {
    const pod = assumed.pod({ serviceAccountName: 'app', cluster: cluster.clusterName });
    pod.assertAllowed(LIST);
    expect(`${pod.decide(LIST)}`).toContain(`${logicalId}.OpenIdConnectIssuerUrl is ${issuerUrl}`);
  });
});
