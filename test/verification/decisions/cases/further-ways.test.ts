import { accessTo, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, objects } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const IMAGES = '111122223333.dkr.ecr.us-west-2.amazonaws.com/';
const pod = (serviceAccountName: string, image: string, spec: object = {}) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name: serviceAccountName, namespace: 'default' }, spec: { serviceAccountName, containers: [{ name: 'main', image: `${IMAGES}${image}:1`, ...spec }] },
});
const push = (image: string) => allow('ecr:PutImage', `arn:aws:ecr:us-west-2:111122223333:repository/${image}`);
const entry = { Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Middle') } } };
const Mailer = { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow(LIST)] } }] } };
const keys = {
  Mailer,
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Mailer' } } },
  Mail: {
    Type: 'Custom::KubernetesObjects',
    Properties: {
      Cluster: arnOf('Cluster'),
      Objects: [{
        Json: JSON.stringify(pod('middle', 'middle', { env: [{ name: 'KEY' }] })), Values: [{ Path: '/spec/containers/0/env/0/value', Value: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } }],
      }],
    },
  },
};
const decide = (resources: object, ...documents: object[]) => accessTo(clusterTemplate({
  Own: accountRole('default:app', push('middle')),
  Middle: accountRole('default:middle', allow('sqs:ListQueues')),
  ...('Mailer' in resources ? {} : { Admin: accountRole('default:admin', allow(LIST)) }),
  ...resources,
  Objects: objects(account('app', 'Own'), account('middle', 'Middle'), account('admin', 'Admin'), ...documents),
})).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST).outcome;
const MIDDLE = pod('middle', 'middle');
const TWO_GROUPS = Object.fromEntries(['Nodes', 'More'].map((name) => [name, {
  Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: name, NodeRole: arnOf('NodeRole'), AmiType: 'AL2023_x86_64_STANDARD' },
}]));
const hostPod = { ...MIDDLE, spec: { ...MIDDLE.spec, hostNetwork: true, containers: [{ ...MIDDLE.spec.containers[0], securityContext: { capabilities: { drop: ['ALL'] } } }] } };

test.each<[string, object, object[], string]>([
  ['acts in the cluster', entry, [MIDDLE], UNKNOWN],
  ['pushes the image of another one', { Middle: accountRole('default:middle', push('admin')) }, [MIDDLE, pod('admin', 'admin')], UNKNOWN],
  ['pushes the image of nobody', { Middle: accountRole('default:middle', push('other')) }, [MIDDLE, pod('admin', 'admin')], DENIED],
  ['takes over its node', {}, [pod('middle', 'middle', { securityContext: { privileged: true } })], UNKNOWN],
  ['has an access key', keys, [], UNKNOWN],
  ['shares the network of nodes of two groups with one role, and acts in the cluster', { ...entry, ...TWO_GROUPS }, [hostPod], UNKNOWN],
  ['can do nothing of the kind', {}, [MIDDLE], DENIED],
  ['is not changed', entry, [pod('middle', 'unchanged')], DENIED],
])('a pod that changes the image of a pod that %s might do what follows from it, or not', (_, resources, documents, expected) => {
  expect(decide(resources, ...documents)).toBe(expected);
});
