import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const { PodAccess } = verification;
const LIST = 'sqs:ListQueues';
const read = (resources: object) => PodAccess.fromTemplates(clusterTemplate({ Objects: objects(account('app', 'Role')), ...resources }));
const overTls = allow(LIST, '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } });
const CHART = { Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Chart: 'c' } } };

describe('an assertion that passes returns the decision', () => {
  test('which rests on nothing but the templates', () => {
    const { outcome, notes, assumed } = read({ Role: accountRole('default:app', allow(LIST)) }).pod({ serviceAccountName: 'app' }).assertAllowed(LIST);
    expect([outcome, notes, assumed]).toEqual(['ALLOWED', [], []]);
  });

  test('with what is assumed, stated or not', () => {
    const pod = read({ Role: accountRole('default:app', overTls) }).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' });
    const decision = pod.assertAllowed(LIST);
    expect(decision.assumed).toEqual(['clusters have no nodes but those in the templates', 'requests use TLS 1.3']);
    expect(`${decision}`).toContain('\nAssumed: clusters have no nodes but those in the templates; requests use TLS 1.3\n');
    expect(pod.assertDenied('s3:ListAllMyBuckets').assumed).toEqual(['clusters have no nodes but those in the templates']);
  });

  test('with its notes', () => {
    const access = read({ Role: accountRole('default:app', allow(LIST)), ...CHART }).assume({ unreadPartsChangeNothing: true });
    const { notes } = access.pod({ serviceAccountName: 'app' }).assertAllowed(LIST);
    expect(notes).toEqual([expect.stringContaining('the templates do not show all objects of the cluster')]);
  });
});

describe('what an app defines after its templates were read', () => {
  const stack = new Stack(new App(), 'Stack');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const access = PodAccess.fromStack(stack);
  role.addToPolicy(new iam.PolicyStatement({ actions: [LIST], resources: ['*'] }));
  const NOT_READ = '\nWhat the app defines after PodAccess.fromStack, such as a grant, is not read: define it before.\n';

  test('is not read, and a denial says so', () => {
    expect(() => access.role(role).assertAllowed(LIST)).toThrow(NOT_READ);
    expect(`${access.role(role).decide(LIST)}`).toContain(NOT_READ);
  });

  test('is not mentioned where something is allowed, or where there is no app', () => {
    expect(`${access.role(role).decide('sts:GetCallerIdentity')}`).not.toContain('PodAccess.fromStack');
    expect(`${read({ Role: accountRole('default:app') }).pod({ serviceAccountName: 'app' }).decide(LIST)}`).not.toContain('PodAccess.fromStack');
  });
});
