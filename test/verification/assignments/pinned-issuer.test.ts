import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, ServiceAccountWithRole, verification } from '../../../lib';

const { PodAccess } = verification;
const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
const LIST = 's3:ListAllMyBuckets';

const app = new App();
const stack = new Stack(app, 'Stack', { env: { region: 'us-west-2' } });
const cluster = new IrsaCluster(stack, 'Cluster', { version: eks.KubernetesVersion.of('1.36'), issuerUrl: ISSUER, nodegroups: [{}] });
const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
reader.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [LIST], resources: ['*'] }));

test('the issuer of a cluster is the pinned one, because a deployment with another one fails', () => {
  const access = PodAccess.fromStack(stack);
  access.pod({ serviceAccountName: 'reader' }).assertAllowed(LIST);
  access.trustPolicyOf(reader).assertAdmitsOnly({ serviceAccountName: 'reader' });
});

test('without the expression that makes such a deployment fail, the issuer is unknown', () => {
  const template = Template.fromStack(stack).toJSON();
  const unchecked = JSON.parse(JSON.stringify(template), (_, value) => (value?.['Fn::Select'] ? '' : value));
  const decision = PodAccess.fromTemplates({ stack: unchecked }).pod({ serviceAccountName: 'reader' }).decide(LIST);
  expect(decision.outcomeByDefault).toBe('UNKNOWN');
});

test('a condition of that expression leaves the issuer unknown', () => {
  const template = Template.fromStack(stack).toJSON();
  for (const entry of [...Object.values<any>(template.Resources), ...Object.values<any>(template.Outputs)].filter((one) => JSON.stringify(one).includes('Fn::Select'))) {
    entry.Condition = 'IsProd';
  }
  const conditional = { ...template, Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };
  expect(PodAccess.fromTemplates({ stack: conditional }).pod({ serviceAccountName: 'reader' }).decide(LIST).outcomeByDefault).not.toBe('ALLOWED');
});
