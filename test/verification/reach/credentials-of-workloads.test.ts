import { decisionOf, push, REGISTRY, repository } from './code-apps';
import { account, allow, arnOf, job, objects } from '../templates';

const withSecret = (image: string, from: object, serviceAccountName = 'other') => ({
  ...repository(), Others: objects(account('other'), job('report', serviceAccountName, { containers: [{ name: 'main', image, ...from }] })),
});
const KEYS = { env: [{ name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 'aws', key: 'key' } } }] };

test.each<[string, object, string[]]>([
  ['with a key from a Secret', withSecret(`${REGISTRY}/\${Images}:1`, KEYS), ['whether pods change the image of Job default/report with role Role, get tokens of other pods, and with them an access key of a user whom the templates do not show: Secret default/aws, as Job default/report tells']],
  ['with a key from a Secret, and another image', withSecret('nginx:1', KEYS), []],
  ['without keys', withSecret(`${REGISTRY}/\${Images}:1`, {}), []],
])('a pod that may push the image of a workload %s might get these credentials, or not', (_, resources, missing) => {
  expect(decisionOf(resources, push(arnOf('Images'))).missing).toEqual(missing);
});

test('a pod that acts in the cluster might get credentials from any Secret, unless there are no other credentials', () => {
  const entry = { Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Role') } } };
  const viewing = { Entry: { ...entry.Entry, Properties: { ...entry.Entry.Properties, AccessPolicies: [{ PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } }] } } };
  const answers = [entry, viewing].map((one) => decisionOf({ ...withSecret('nginx:1', KEYS), ...one }, allow('sqs:*')).outcome);
  expect(answers).toEqual(['UNKNOWN', 'DENIED']);
});
