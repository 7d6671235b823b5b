import { admin, LIST } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects, role } from '../templates';

const [HOST, OTHER, ALIAS] = ['app.example.com', 'app.example.org', 'www.example.com'];
const ingress = (annotations: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'default', annotations },
  spec: { rules: [{ host: HOST, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
});
const APP = [
  account('app', 'Own'),
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'app', namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'app' } }, template: { metadata: { labels: { app: 'app' } }, spec: { serviceAccountName: 'app', containers: [{ name: 'it', image: 'busybox' }] } } },
  },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'app' }, ports: [{ port: 80 }] } },
];
const decide = (resources: object, documents: object[] = [ingress()]) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...resources, Own: accountRole('default:app', allow('sqs:ListQueues')), Applied: objects(...APP, ...documents),
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
const instance = (host: string, script = 'curl -fsSL https://HOST/run.sh | sh') => ({
  ...admin('ec2'),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  It: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': { 'Fn::Sub': `#!/bin/sh\n${script.replace('HOST', host)}\n` } } } },
});
const provider = (host: string) => ({
  Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: `https://${host}`, ClientIdList: ['aws'] } },
  Admin: role({
    Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { Ref: 'Provider' } }, Condition: { StringEquals: { [`${host}:aud`]: 'aws', [`${host}:sub`]: 'it' } },
  }, allow(LIST)),
});
const distribution = (DomainName: string) => ({
  Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Enabled: true, Aliases: [ALIAS], Origins: [{ Id: 'it', DomainName, CustomOriginConfig: {} }] } } },
});
const record = (to: string) =>
  ({ Record: { Type: 'AWS::Route53::RecordSet', Properties: { HostedZoneName: 'example.com.', Name: `${ALIAS}.`, Type: 'CNAME', TTL: '60', ResourceRecords: [to] } } });
const group = (to: string) => ({
  Group: { Type: 'AWS::Route53::RecordSetGroup', Properties: { HostedZoneName: 'example.com.', RecordSets: [{ Name: ALIAS, Type: 'A', AliasTarget: { DNSName: to, HostedZoneId: 'Z2FDTNDATAQYW2' } }] } },
});

test.each<[string, object, (to: string) => object]>([
  ['a distribution with a name of its own', instance(ALIAS), distribution],
  ['a distribution by its domain', instance('${Distribution.DomainName}'), distribution],
  ['a record', instance(ALIAS), record],
  ['a record of a group', instance(ALIAS), group],
  ['an issuer behind a distribution', provider(ALIAS), distribution],
  ['an issuer behind a record', provider(ALIAS), record],
])('pods serve what a host of AWS leads to: %s', (_, resources, leading) => {
  expect([HOST, OTHER].map((to) => decide({ ...resources, ...leading(to) }))).toEqual(['UNKNOWN', 'DENIED']);
});

test('pods serve no data by a distribution that decides about others', () => {
  expect(decide({ ...instance(ALIAS, 'curl -s https://HOST/items | jq .'), ...distribution(HOST) })).toBe('DENIED');
});

test.each<[string, string]>([[ALIAS, 'UNKNOWN'], [`${OTHER},${ALIAS}`, 'UNKNOWN'], [OTHER, 'DENIED']])('an Ingress of ingress-nginx can have other names: %s', (names, outcome) => {
  expect(decide(instance(ALIAS), [ingress({ 'nginx.ingress.kubernetes.io/server-alias': names })])).toBe(outcome);
});
