import { parse } from '../../../../lib/kubernetes/function/input/objects';

const good = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'good' } };
const properties = (...objects: unknown[]) => ({ Objects: objects.map((object) => JSON.stringify(object)) });

test.each<[unknown, string]>([
  [[], 'it must be a map'],
  [null, 'it must be a map'],
  [{ ...good, apiVersion: undefined }, 'apiVersion must be <version> or <group>/<version>, such as v1 or apps/v1'],
  [{ ...good, apiVersion: 'v1/../../rbac.authorization.k8s.io/v1' }, 'apiVersion must be <version> or <group>/<version>, such as v1 or apps/v1'],
  [{ ...good, apiVersion: 'v1?dryRun=All' }, 'apiVersion must be <version> or <group>/<version>, such as v1 or apps/v1'],
  [{ ...good, kind: ['ConfigMap'] }, 'kind must be the name of a kind, such as ConfigMap'],
  [{ ...good, kind: 'Config/Map' }, 'kind must be the name of a kind, such as ConfigMap'],
  [{ ...good, kind: 'List' }, 'kind must be the kind of a single object, not of a list'],
  [{ ...good, items: [good] }, 'kind must be the kind of a single object, not of a list'],
  [{ ...good, metadata: 'name' }, 'metadata must be a map'],
  [{ ...good, metadata: {} }, 'metadata.name must be a name that does not contain / or % and is not empty, . or ..'],
  [{ ...good, metadata: { name: '..' } }, 'metadata.name must be a name that does not contain / or % and is not empty, . or ..'],
  [{ ...good, metadata: { name: 'a/../b' } }, 'metadata.name must be a name that does not contain / or % and is not empty, . or ..'],
  [{ ...good, metadata: { name: 'a', namespace: 'kube-system/configmaps/x' } }, 'metadata.namespace must be an RFC 1123 label'],
  [{ ...good, metadata: { name: 'a', namespace: 'cdk-irsa' } }, 'metadata.namespace must be a namespace other than cdk-irsa, which contains the records of the function'],
  [{ ...good, kind: 'Namespace', metadata: { name: 'cdk-irsa' } }, 'metadata.namespace must be a namespace other than cdk-irsa, which contains the records of the function'],
  [{ ...good, metadata: { name: 'a', annotations: { 'cdk-irsa/owner': 'secret' } } },
    'metadata.annotations[\'cdk-irsa/owner\'] must be omitted: only the function sets annotations with this prefix'],
  [{ ...good, metadata: { name: 'a', annotations: { 'cdk-irsa/anything': 'secret' } } },
    'metadata.annotations[\'cdk-irsa/anything\'] must be omitted: only the function sets annotations with this prefix'],
])('%j is rejected in every form in which objects arrive', (object, message) => {
  expect(() => parse(properties(good, object))).toThrow(new Error(`object 2 of 2: ${message}`));
});

test('an object that is not JSON is rejected, and the error does not show it', () => {
  expect(() => parse({ Objects: ['{"data":{"password":secret}}'] })).toThrow(new Error('object 1 of 1: it must be JSON'));
});

test('an object that is in a set twice, because tokens made two names equal, is rejected', () => {
  expect(() => parse(properties(good, { ...good, metadata: { name: 'good', namespace: 'default' } })))
    .toThrow(new Error('ConfigMap default/good is defined twice in this set: tokens might have the same value, so use different names'));
});

test.each(['apps/v1', 'v1', 'v1beta1', 'rbac.authorization.k8s.io/v1', 'example.com/v2alpha3', 'karpenter.k8s.aws/v1'])('the apiVersion %s is accepted', (apiVersion) => {
  expect(parse(properties({ ...good, apiVersion }))).toEqual([{ ...good, apiVersion }]);
});
