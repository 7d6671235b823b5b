import { gzipSync } from 'node:zlib';
import { CLUSTER, manifest, messages, modelOf, shown } from '../models';

const objects = (...Objects: unknown[]) => ({ Type: 'Custom::KubernetesObjects', Properties: { Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, Objects } });
const account = (metadata: object) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata });

const accountsOf = (resource: Parameters<typeof modelOf>[0][string], more: object = {}) =>
  shown(modelOf({ Cluster: CLUSTER, Objects: resource }, { Parameters: { Given: { Type: 'String' } }, ...more }).serviceAccounts);

const ARN = 'arn:aws:iam::123456789012:role/reader';
const ANNOTATED = { name: 'reader', namespace: 'reports', annotations: { 'eks.amazonaws.com/role-arn': ARN } };
const READER = { cluster: 'prod', namespace: 'reports', name: 'reader', roleArn: ARN, audience: 'sts.amazonaws.com' };

describe('objects of Custom::KubernetesObjects', () => {
  const VALUES = [{ Path: '/metadata/annotations/eks.amazonaws.com~1role-arn', Value: ARN }];
  const json = JSON.stringify(account({ ...ANNOTATED, annotations: { 'eks.amazonaws.com/role-arn': null } }));

  test.each<[string, unknown]>([
    ['JSON', JSON.stringify(account(ANNOTATED))],
    ['JSON with values', { Json: json, Values: VALUES }],
    ['compressed', { Gzip: gzipSync(JSON.stringify(account(ANNOTATED))).toString('base64') }],
    ['compressed with values', { Gzip: gzipSync(json).toString('base64'), Values: VALUES }],
    ['JSON with a key that CloudFormation resolves', {
      Json: JSON.stringify(account({ ...ANNOTATED, annotations: {} })),
      Values: [{ Path: '/metadata/annotations', Key: { 'Fn::Join': ['/', ['eks.amazonaws.com', 'role-arn']] }, Value: ARN }],
    }],
    ['JSON with a document', {
      Json: JSON.stringify(account({ name: 'reader', namespace: 'reports', annotations: null })),
      Values: [{ Path: '/metadata/annotations', Document: { Json: '{"eks.amazonaws.com/role-arn":null}', Values: [{ Path: '/eks.amazonaws.com~1role-arn', Value: ARN }] } }],
    }],
  ])('can be %s', (_, entry) => {
    expect(accountsOf(objects(entry))).toEqual([{ ...READER, place: { template: 'stack', logicalId: 'Objects', path: 'Properties.Objects[0]' } }]);
  });

  test('do not have what is AWS::NoValue', () => {
    const [unannotated] = accountsOf(objects({ Json: json, Values: [{ Path: VALUES[0].Path, Value: { Ref: 'AWS::NoValue' } }] }));
    expect(unannotated).not.toHaveProperty('roleArn');
  });

  test.each<[string, unknown]>([
    ['not JSON', '{'],
    ['not known', { Ref: 'Given' }],
    ['not compressed', { Gzip: 'x' }],
    ['without JSON', {}],
    ['a list', []],
    ['a scalar', '1'],
    ['without a kind', '{"apiVersion":"v1"}'],
    ['with a value without a place', { Json: json, Values: [{ Value: 'a' }] }],
  ])('that are %s are left out, with a finding', (_, entry) => {
    const model = modelOf({ Cluster: CLUSTER, Objects: objects(entry, JSON.stringify(account(ANNOTATED))) }, { Parameters: { Given: { Type: 'String' } } });
    expect(shown(model.serviceAccounts)).toMatchObject([READER]);
    expect(messages(model, 'unreadable-object')).toEqual(['object 0 of Objects cannot be read: it is left out']);
    expect(model.clusters[0].otherObjects).toBe('an object of Objects cannot be read');
  });

  test.each<[string, unknown]>([['a text', 'x'], ['not there', undefined]])('can be %s by mistake', (_, Objects) => {
    const model = modelOf({ Cluster: CLUSTER, Objects: { Type: 'Custom::KubernetesObjects', Properties: { Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, Objects } } });
    expect(model.serviceAccounts).toEqual([]);
    expect(messages(model, 'unreadable-object')).toHaveLength(1);
  });
});

describe('manifests of aws-cdk', () => {
  test.each<[string, unknown]>([
    ['a list', JSON.stringify([account(ANNOTATED)])],
    ['an object', JSON.stringify(account(ANNOTATED))],
    ['an object of kind List', JSON.stringify({ kind: 'List', items: [account(ANNOTATED)] })],
    ['lists in lists', JSON.stringify([[{ kind: 'ServiceAccountList', items: [[account(ANNOTATED)]] }]])],
    ['text with tokens', { 'Fn::Join': ['', [JSON.stringify([account({ ...ANNOTATED, namespace: 'X' })]).split('X')[0], { 'Fn::Select': [0, ['reports']] }, JSON.stringify([account({ ...ANNOTATED, namespace: 'X' })]).split('X')[1]]] }],
  ])('can be %s', (_, Manifest) => {
    expect(accountsOf({ Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: { Ref: 'Cluster' }, Manifest } })).toMatchObject([READER]);
  });

  test.each<[string, { readonly Type: string; readonly Properties: object }, string]>([
    ['the URL of a function', { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: 'it', AuthType: 'NONE' } }, '${It.FunctionUrl}'],
    ['the URL of an API', { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'it', ProtocolType: 'HTTP' } }, '${It.ApiEndpoint}'],
  ])('can have %s in a string', (_, It, url) => {
    const model = modelOf({
      Cluster: CLUSTER,
      It,
      Objects: {
        Type: 'Custom::AWSCDK-EKS-KubernetesResource',
        Properties: { ClusterName: { Ref: 'Cluster' }, Manifest: { 'Fn::Sub': JSON.stringify([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it' }, data: { url } }]) } },
      },
    });
    expect([messages(model, 'unreadable-object'), model.objects.length]).toEqual([[], 1]);
  });

  test('that could be anything are left out, with a finding', () => {
    const model = modelOf({
      Cluster: CLUSTER,
      Objects: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: { Ref: 'Cluster' }, Manifest: { 'Fn::Sub': '[{"kind":"${Given}"}]' } } },
    }, { Parameters: { Given: { Type: 'String' } } });
    expect(messages(model, 'unreadable-object')).toEqual([expect.stringMatching(/^the manifest of Objects cannot be read: it has \$\{Given\} in a string, which may contain quotes/)]);
  });
});

test('a manifest without a kind is left out, with a finding', () => {
  const model = modelOf({ Cluster: CLUSTER, Objects: manifest(account(ANNOTATED), { apiVersion: 'v1' }) });
  expect(shown(model.serviceAccounts)).toMatchObject([READER]);
  expect(messages(model, 'unreadable-object')).toEqual(['an object of Objects has no kind, or an API that is not known: it is left out']);
  expect(model.clusters[0].otherObjects).toBe('an object of Objects cannot be read');
});

describe('service accounts', () => {
  const one = (metadata: object) => accountsOf(manifest(account(metadata)));

  test('are in the namespace default without a namespace, and have no role without an annotation', () => {
    expect(one({ name: 'reader' })).toEqual([{ cluster: 'prod', namespace: 'default', name: 'reader', audience: 'sts.amazonaws.com', place: expect.anything() }]);
  });

  test('can have a name that is generated', () => {
    expect(one({ generateName: 'reader-' })).toMatchObject([{ name: 'reader-${reader- generated}' }]);
  });

  test('can have an audience', () => {
    expect(one({ ...ANNOTATED, annotations: { ...ANNOTATED.annotations, 'eks.amazonaws.com/audience': 'pods.example.com' } })).toMatchObject([{ ...READER, audience: 'pods.example.com' }]);
  });

  test('of other kinds and API groups are none', () => {
    expect(accountsOf(manifest({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }, { apiVersion: 'example.com/v1', kind: 'ServiceAccount', metadata: { name: 'a' } }))).toEqual([]);
  });

  test.each<[string, object, object[]]>([
    ['vpc-cni', {}, [{ namespace: 'kube-system', name: 'aws-node' }]],
    ['aws-ebs-csi-driver', {}, [{ namespace: 'kube-system', name: 'ebs-csi-controller-sa' }]],
    ['aws-efs-csi-driver', {}, [{ namespace: 'kube-system', name: 'efs-csi-controller-sa' }, { namespace: 'kube-system', name: 'efs-csi-node-sa' }]],
    ['vpc-cni', { NamespaceConfig: { Namespace: 'own' } }, [{ namespace: 'own', name: 'aws-node' }]],
  ])('are annotated by the add-on %s', (AddonName, properties, accounts) => {
    const found = accountsOf({ Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName, ServiceAccountRoleArn: ARN, ...properties } });
    expect(found).toEqual(accounts.map((names) => ({ ...READER, ...names, place: expect.anything() })));
  });

  test('of an add-on that is not known are a finding', () => {
    const model = modelOf({ Cluster: CLUSTER, Addon: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: 'prod', AddonName: 'own', ServiceAccountRoleArn: ARN } } });
    expect(model.serviceAccounts).toEqual([]);
    expect(messages(model, 'unknown-addon-account')).toEqual(['the add-on own has a role, but the service accounts that use it are not known: they are left out']);
  });
});
