import { decisionOf, push, trusted } from './code-apps';
import { account, accountRole, arnOf, job, objects, role } from '../templates';

const repository = (name: string) => `arn:aws:ecr:us-west-2:111122223333:repository/${name}`;
const ofImage = (name: string, serviceAccountName: string, more: object = {}) =>
  job(name, serviceAccountName, { containers: [{ name, image: `111122223333.dkr.ecr.us-west-2.amazonaws.com/${name}:1`, ...more }] });
const WITH_KEY = { env: [{ name: 'AWS_ACCESS_KEY_ID', value: 'AKIAIOSFODNN7EXAMPLE' }] };

test.each([['last', ['a', 'b']], ['first', ['b', 'a']]])('the workload whose other credentials pods might get, by the image of a third one, can be the %s of its service account', (_, names) => {
  const resources = {
    Builder: accountRole('default:builder', push(repository('*'))),
    More: objects(account('builder', 'Builder'), account('worker'), ofImage('build', 'builder'), ...names.map((name) => ofImage(name, 'worker', name === 'b' ? WITH_KEY : {}))),
  };
  expect(decisionOf(resources, push(repository('build')))).toMatchObject({ outcome: 'UNKNOWN', missing: [expect.stringContaining('credentials of Job default/b')] });
  expect(decisionOf(resources, push(repository('none')))).toMatchObject({ outcome: 'DENIED' });
});

test('code that is not read might get the key of a user by what a workload reads in its cluster', () => {
  const rights = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'reader' }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] };
  const bound = (name: string) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name }, roleRef: { kind: 'ClusterRole', name }, subjects: [{ kind: 'ServiceAccount', name: 'builder', namespace: 'default' }],
  });
  const key = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'ops' }, stringData: { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' } };
  const missing = (name: string) => decisionOf({
    HandlerRole: role(trusted('lambda'), push(repository('build'))),
    Handler: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('HandlerRole') } },
    Seed: { Type: 'Custom::Seed', Properties: { ServiceToken: arnOf('Handler') } },
    More: objects(account('builder'), ofImage('build', 'builder'), key, rights, bound(name)),
  }).missing.join();
  expect(missing('reader')).toContain('an access key of a user whom the templates do not show');
  expect(missing('none')).not.toContain('an access key of a user');
});
