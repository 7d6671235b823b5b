import { admin, LIST } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects, role } from '../templates';

const [HOST, OTHER, ALIAS, OF_ELB] = ['app.example.com', 'app.example.org', 'www.example.com', 'k8s-web-0123456789.us-west-2.elb.amazonaws.com'];
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
const decisionOf = (resources: object, documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...resources, Own: accountRole('default:app', allow('sqs:ListQueues')), Applied: objects(...APP, ...documents),
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'app' }).decide(LIST);
const decide = (resources: object, documents: object[] = [ingress()]) => decisionOf(resources, documents).outcome;
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

test('the host of an Ingress can be the name of a record', () => {
  const outcomes = [ALIAS, OTHER].map((host) => decide({ ...instance(host), ...record(OF_ELB) }, [{ ...ingress(), spec: JSON.parse(JSON.stringify(ingress().spec).replace(HOST, '${Record}')) }]));
  expect(outcomes).toEqual(['UNKNOWN', 'UNKNOWN']); // only the deployment knows it
});

test('pods serve no data by a distribution that decides about others', () => {
  expect(decide({ ...instance(ALIAS, 'curl -s https://HOST/items | jq .'), ...distribution(HOST) })).toBe('DENIED');
});

test.each<[string, string]>([[ALIAS, 'UNKNOWN'], [`${OTHER},${ALIAS}`, 'UNKNOWN'], [OTHER, 'DENIED']])('an Ingress of ingress-nginx can have other names: %s', (names, outcome) => {
  expect(decide(instance(ALIAS), [ingress({ 'nginx.ingress.kubernetes.io/server-alias': names })])).toBe(outcome);
});

const API_HOST = '${Api}.execute-api.${AWS::Region}.amazonaws.com';
const api = (properties: object, ...resources: object[]) =>
  ({ Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'it', ProtocolType: 'HTTP', ...properties } }, ...Object.assign({}, ...resources) });
const integration = (to: string, type = 'HTTP_PROXY') =>
  ({ Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: type, IntegrationMethod: 'ANY', IntegrationUri: to, PayloadFormatVersion: '1.0' } } });
const method = (to: string) => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'it' } },
  Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'ANY', ResourceId: 'it', Integration: { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'ANY', Uri: `https://${to}/` } } },
});
const DOMAIN = {
  Domain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: ALIAS, DomainNameConfigurations: [] } },
  Mapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'Domain' }, Stage: '$default' } },
};

test.each<[string, object, (to: string) => object]>([
  ['the target of an API', instance(API_HOST), (to) => api({ Target: `https://${to}` })],
  ['an integration of an API', instance(API_HOST), (to) => api({}, integration(`https://${to}/`))],
  ['an API by its endpoint', instance('${Api.ApiEndpoint}', 'curl -fsSL HOST/run.sh | sh'), (to) => api({}, integration(`https://${to}/`))],
  ['an API with a domain name of its own', instance(ALIAS), (to) => api({}, integration(`https://${to}/`), DOMAIN)],
  ['a method of an API', instance(API_HOST), method],
  ['the definition of an API', instance(API_HOST), (to) => api({ Body: { paths: { '/': { get: { 'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'GET', uri: `https://${to}/` } } } } } })],
  ['an issuer behind an API', provider(ALIAS), (to) => api({}, integration(`https://${to}/`), DOMAIN)],
])('pods serve what an API leads to: %s', (_, resources, leading) => {
  expect([HOST, OTHER].map((to) => decide({ ...resources, ...leading(to) }))).toEqual(['UNKNOWN', 'DENIED']);
});

const balancer = (Port: unknown = 80, type: object = { TargetType: 'ip' }) => ({
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: ['subnet-1', 'subnet-2'] } },
  Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port, Protocol: 'HTTP', VpcId: 'vpc-1', ...type } },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: 443, Protocol: 'HTTPS', DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }] },
  },
});
const OUTER = {
  Outer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network' } },
  Inner: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 443, Protocol: 'TCP', TargetType: 'alb', Targets: [{ Id: { Ref: 'Balancer' } }] } },
  OuterListener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Outer' }, Port: 443, Protocol: 'TCP', DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Inner' } }] } },
};
const classic = (InstancePort: string) =>
  ({ Balancer: { Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: { Listeners: [{ InstancePort, LoadBalancerPort: '443', Protocol: 'HTTPS' }] } } });
const binding = (name: string, targetGroupARN: string) =>
  ({ apiVersion: 'elbv2.k8s.aws/v1beta1', kind: 'TargetGroupBinding', metadata: { name: 'it', namespace: 'default' }, spec: { serviceRef: { name, port: 80 }, targetGroupARN } });
const onNodes = (nodePort: number) =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'nodes', namespace: 'default' }, spec: { type: 'NodePort', selector: { app: 'app' }, ports: [{ port: 80, nodePort }] } });
const OF_BALANCER = '${Balancer.DNSName}';
const alias = (to: unknown) => ({
  Record: { Type: 'AWS::Route53::RecordSet', Properties: { HostedZoneName: 'example.com.', Name: ALIAS, Type: 'A', AliasTarget: { DNSName: to, HostedZoneId: 'Z1H1FL5HABSF5' } } },
});
const ELSEWHERE = 'arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/it/0123456789abcdef';

test.each<[string, object, object[], string]>([
  ['a binding of its target group', { ...instance(OF_BALANCER), ...balancer() }, [binding('web', '${Group}')], 'UNKNOWN'],
  ['a binding of a target group whose ARN is stated', { ...instance(OF_BALANCER), ...balancer() }, [binding('web', ELSEWHERE)], 'UNKNOWN'],
  ['a binding of its target group to another Service', { ...instance(OF_BALANCER), ...balancer() }, [binding('other', '${Group}')], 'DENIED'],
  ['a binding of another target group', {
    ...instance(OF_BALANCER), ...balancer(), Second: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 81, VpcId: 'vpc-1' } },
  }, [binding('web', '${Second}')], 'DENIED'],
  ['a port of nodes', { ...instance(OF_BALANCER), ...balancer(30080, {}) }, [onNodes(30080)], 'UNKNOWN'],
  ['another port of nodes', { ...instance(OF_BALANCER), ...balancer(30080, {}) }, [onNodes(30081)], 'DENIED'],
  ['a port of nodes behind a Classic Load Balancer', { ...instance(OF_BALANCER), ...classic('30080') }, [onNodes(30080)], 'UNKNOWN'],
  ['another port of nodes behind a Classic Load Balancer', { ...instance(OF_BALANCER), ...classic('30080') }, [onNodes(30081)], 'DENIED'],
  ['a record of it', { ...instance(ALIAS), ...balancer(), ...alias({ 'Fn::Sub': 'dualstack.${Balancer.DNSName}' }) }, [binding('web', '${Group}')], 'UNKNOWN'],
  ['its listener behind an API', { ...instance(API_HOST), ...balancer(), ...api({}, { Integration: { ...integration('').Integration, Properties: { ...integration('').Integration.Properties, IntegrationUri: { Ref: 'Listener' } } } }) }, [binding('web', '${Group}')], 'UNKNOWN'],
  ['another load balancer', { ...instance('${Outer.DNSName}'), ...balancer(), ...OUTER }, [binding('web', '${Group}')], 'UNKNOWN'],
  ['another load balancer that leads elsewhere', { ...instance('${Outer.DNSName}'), ...balancer(), ...OUTER }, [binding('other', '${Group}')], 'DENIED'],
  ['nothing', { ...instance(OF_BALANCER), ...balancer() }, [], 'DENIED'],
])('pods are behind a load balancer of the templates by %s, or not', (_, resources, documents, outcome) => {
  expect(decide(resources, documents)).toBe(outcome);
});

const backend = { service: { name: 'web', port: { number: 80 } } };
const ingressWith = (spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'default' }, spec });
const ofType = (type: string) => ({ ...APP[2], metadata: { name: 'front', namespace: 'default' }, spec: { type, selector: { app: 'app' }, ports: [{ port: 80 }] } });
const route = (spec: object) =>
  ({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web', namespace: 'default' }, spec: { rules: [{ backendRefs: [{ name: 'web', port: 80 }] }], ...spec } });

test.each<[string, object, string]>([
  ['an Ingress with a default backend', ingressWith({ defaultBackend: backend }), 'UNKNOWN'],
  ['an Ingress without a host', ingressWith({ rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] }), 'UNKNOWN'],
  ['an Ingress with a host', ingress(), 'DENIED'],
  ['a Service with a load balancer', ofType('LoadBalancer'), 'UNKNOWN'],
  ['a Service without a load balancer', ofType('ClusterIP'), 'DENIED'],
  ['a route without a host', route({}), 'UNKNOWN'],
  ['a route with a host', route({ hostnames: [HOST] }), 'DENIED'],
])('the load balancer of %s serves what pods do, or not, also behind a record', (_, document, outcome) => {
  expect([instance(OF_ELB), { ...instance(ALIAS), ...alias(OF_ELB) }].map((resources) => decide(resources, [document]))).toEqual([outcome, outcome]);
  expect([instance('get.example.org'), instance('${Table.Host}')].map((resources) => decide({ ...resources, Table: { Type: 'AWS::EC2::Instance', Properties: {} } }, [document]))).toEqual(['DENIED', 'DENIED']);
});

const lookedUp = (ObjectType: string, ObjectName: string, ObjectNamespace = 'default') => ({
  Value: {
    Type: 'Custom::AWSCDK-EKS-KubernetesObjectValue',
    Properties: {
      ServiceToken: 'arn:aws:lambda:us-west-2:111122223333:function:kubectl', ClusterName: { Ref: 'Cluster' }, ObjectType, ObjectName, ObjectNamespace, JsonPath: '.status.loadBalancer.ingress[0].hostname', TimeoutSeconds: 300,
    },
  },
});
const OF_VALUE = '${Value.Value}';
const OTHER_PODS = [
  { ...APP[2], metadata: { name: 'other', namespace: 'default' }, spec: { selector: { app: 'other' }, ports: [{ port: 80 }] } },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'other', namespace: 'default', labels: { app: 'other' } }, spec: { containers: [{ name: 'it', image: 'busybox' }] } },
];

test.each<[string, object, object[], string]>([
  ['a Service', lookedUp('service', 'web'), [], 'UNKNOWN'],
  ['a Service by a short name of the kind', lookedUp('svc', 'web'), [], 'UNKNOWN'],
  ['a Service of other pods', lookedUp('service', 'other'), OTHER_PODS, 'DENIED'],
  ['a Service that the templates do not show', lookedUp('service', 'ingress-nginx-controller'), [], 'UNKNOWN'],
  ['a Service of another namespace', lookedUp('service', 'web', 'ops'), [], 'DENIED'],
  ['an Ingress with a default backend', lookedUp('ingress', 'web'), [ingressWith({ defaultBackend: backend })], 'UNKNOWN'],
  ['an Ingress that the templates do not show', lookedUp('ingress', 'other'), [], 'UNKNOWN'],
  ['an Ingress of another namespace', lookedUp('ingress', 'other', 'ops'), [], 'DENIED'],
  ['a gateway', lookedUp('gateway', 'it', 'ops'), [], 'UNKNOWN'],
  ['a node', lookedUp('node', 'it'), [], 'DENIED'],
  ['a node, which has a port of them', lookedUp('node', 'it'), [{ ...ofType('NodePort'), spec: { type: 'NodePort', selector: { app: 'app' }, ports: [{ port: 80, nodePort: 80 }] } }], 'UNKNOWN'],
])('the pods are at the address that a custom resource of aws-cdk gets of %s, or not', (_, resources, documents, outcome) => {
  expect(decide({ ...instance(OF_VALUE), ...resources }, documents)).toBe(outcome);
});

test('such an address can be behind a record', () => {
  const { Record } = record('');
  expect(decide({ ...instance(ALIAS), ...lookedUp('service', 'web'), Record: { ...Record, Properties: { ...Record.Properties, ResourceRecords: [{ 'Fn::Sub': OF_VALUE }] } } }, [])).toBe('UNKNOWN');
});

test('such an address can be an issuer', () => {
  const Provider = { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::Sub': `https://${OF_VALUE}` }, ClientIdList: ['aws'] } };
  const Admin = role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { Ref: 'Provider' } } }, allow(LIST));
  const missingWith = (ObjectNamespace: string) =>
    decisionOf({ Provider, Admin, ...lookedUp('service', 'web', ObjectNamespace) }, []).missing.filter((what) => what.includes('serve'));
  expect(['default', 'ops'].map(missingWith)).toEqual([[`whether pods serve what others run at host ${OF_VALUE}`, `host ${OF_VALUE} may serve its code, and so might decide what Provider does with role Admin`], []]);
});
