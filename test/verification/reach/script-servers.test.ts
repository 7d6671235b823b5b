import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role, withValue } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const fn = (FunctionName: string) => ({ Type: 'AWS::Lambda::Function', Properties: { FunctionName, Code: { ZipFile: '' }, Role: arnOf('FunctionRole') } });
const SERVERS = {
  FunctionRole: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
  Installer: fn('installer'),
  OtherFunction: fn('other'),
  Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arnOf('Installer'), AuthType: 'NONE' } },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'it', ProtocolType: 'HTTP' } },
  Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: arnOf('Installer') } },
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: { DistributionConfig: { Aliases: ['get.example.org'], Origins: [{ Id: 'it', DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Url', 'FunctionUrl'] }] }] } }] } },
  },
  Record: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'get.example.net.', Type: 'A', AliasTarget: { DNSName: { 'Fn::GetAtt': ['Balancer', 'DNSName'] }, HostedZoneId: 'Z' } } },
  Domain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'api.example.org' } },
  Mapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'Domain' }, Stage: '$default' } },
  RestApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'it' } },
  Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'RestApi' }, HttpMethod: 'ANY', Integration: { Type: 'AWS_PROXY', Uri: arnOf('Installer') } } },
  PathMapping: { Type: 'AWS::ApiGateway::BasePathMapping', Properties: { RestApiId: { Ref: 'RestApi' }, DomainName: 'rest.example.org' } },
  DomainRecord: {
    Type: 'AWS::Route53::RecordSet',
    Properties: { Name: 'alias.example.net', Type: 'A', AliasTarget: { DNSName: { 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] }, HostedZoneId: 'Z' } },
  },
  Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Balancer' }, DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }] } },
  Rule: { Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: { ListenerArn: { Ref: 'Listener' }, Actions: [{ Type: 'forward', TargetGroupArn: { Ref: 'FunctionGroup' } }] } },
  Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'ip' } },
  FunctionGroup: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'lambda', Targets: [{ Id: arnOf('Installer') }] } },
  Service: { Type: 'AWS::ECS::Service', Properties: { ServiceName: 'it', TaskDefinition: { Ref: 'Task' }, LoadBalancers: [{ TargetGroupArn: { Ref: 'Group' }, ContainerName: 'it' }] } },
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'it', Image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/installer:1' }] } },
  Runner: { Type: 'AWS::AppRunner::Service', Properties: { SourceConfiguration: { ImageRepository: { ImageIdentifier: '111122223333.dkr.ecr.us-west-2.amazonaws.com/installer:1', ImageRepositoryType: 'ECR' } } } },
  Express: { Type: 'AWS::ECS::ExpressGatewayService', Properties: { PrimaryContainer: { Image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/installer:1' } } },
  App: { Type: 'AWS::Amplify::App', Properties: { Name: 'it' } },
  AppDomain: { Type: 'AWS::Amplify::Domain', Properties: { AppId: { 'Fn::GetAtt': ['App', 'AppId'] }, DomainName: 'app.example.org', SubDomainSettings: [{ Prefix: 'get', BranchName: 'main' }] } },
  Lattice: { Type: 'AWS::VpcLattice::Service', Properties: { CustomDomainName: 'lattice.example.org' } },
  Accelerator: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: { Name: 'it' } },
  OtherZone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.edu' } },
  Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } },
};
const worker = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'worker', namespace: 'ops' },
  spec: { template: { spec: { serviceAccountName: 'worker', containers: [{ name: 'it', image: 'app@sha256:1', command: ['sh', '-c', ''] }] } } },
};
const decide = (command: string, statement: object) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...SERVERS,
  Role: accountRole('default:app', statement),
  Other: accountRole('ops:worker', allow(LIST)),
  Accounts: objects(account('app', 'Role'), account('worker', 'Other', 'ops')),
  Applied: withValue(worker, '/spec/template/spec/containers/0/command/2', { 'Fn::Sub': command }),
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
const update = (id: string) => allow('lambda:UpdateFunctionCode', arnOf(id));
const pushTo = (name: string) => allow('ecr:PutImage', `arn:aws:ecr:us-west-2:111122223333:repository/${name}`);
const ZONE = allow('route53:ChangeResourceRecordSets', { 'Fn::Sub': 'arn:aws:route53:::hostedzone/${Zone}' });

test.each<[string, string, object, object]>([
  ['a function with a URL', '${Url.FunctionUrl}install', update('Installer'), update('OtherFunction')],
  ['a function behind an API', '${Api.ApiEndpoint}/install', update('Installer'), update('OtherFunction')],
  ['a function behind an API by its ID', 'https://${Api}.execute-api.us-west-2.amazonaws.com/install', update('Installer'), update('OtherFunction')],
  ['a function behind a distribution', 'https://get.example.org/install', update('Installer'), update('OtherFunction')],
  ['a function behind the name of a distribution', 'https://${Distribution.DomainName}/install', update('Installer'), update('OtherFunction')],
  ['a load balancer', 'http://${Balancer.DNSName}/install', allow('elasticloadbalancing:ModifyListener'), allow('elasticloadbalancing:AddTags')],
  ['a load balancer behind a record', 'https://get.example.net/install', allow('elasticloadbalancing:RegisterTargets'), allow('elasticloadbalancing:AddTags')],
  ['a function behind an API with a domain name', 'https://api.example.org/install', update('Installer'), update('OtherFunction')],
  ['a function behind a REST API with a domain name', 'https://rest.example.org/v1/install', update('Installer'), update('OtherFunction')],
  ['a function behind the record of a domain name', 'https://alias.example.net/install', update('Installer'), update('OtherFunction')],
  ['a function behind a load balancer', 'http://${Balancer.DNSName}/install', update('Installer'), update('OtherFunction')],
  ['the image of a task behind a load balancer', 'https://get.example.net/install', pushTo('installer'), pushTo('other')],
  ['what a task behind a load balancer runs', 'https://get.example.net/install', allow('ecs:ExecuteCommand'), allow('ecs:UpdateCluster')],
  ['the tasks behind a load balancer', 'https://get.example.net/install', allow('ecs:UpdateService'), allow('ecs:UpdateCluster')],
  ['what is behind an API', 'https://api.example.org/install', allow('apigateway:PATCH'), allow('apigateway:GET')],
  ['what is behind this API', '${Api.ApiEndpoint}/install', allow('apigateway:PUT', { 'Fn::Sub': 'arn:aws:apigateway:*::/apis/${Api}/*' }), allow('apigateway:PUT', 'arn:aws:apigateway:*::/tags/*')],
  ['the rules of a load balancer', 'http://${Balancer.DNSName}/install', allow('elasticloadbalancing:SetRulePriorities'), allow('elasticloadbalancing:SetSubnets')],
  ['the image of AWS App Runner', 'https://${Runner.ServiceUrl}/install', pushTo('installer'), pushTo('other')],
  ['a service of AWS App Runner', 'https://${Runner.ServiceUrl}/install', allow('apprunner:UpdateService'), allow('apprunner:ListServices')],
  ['the image of an Express service', 'https://${Express.Endpoint}/install', pushTo('installer'), pushTo('other')],
  ['an Express service', 'https://${Express.Endpoint}/install', allow('ecs:UpdateExpressGatewayService'), allow('ecs:DescribeExpressGatewayService')],
  ['an app of AWS Amplify', 'https://main.${App.DefaultDomain}/install', allow('amplify:CreateDeployment'), allow('amplify:ListApps')],
  ['an app of AWS Amplify at a domain of its own', 'https://get.app.example.org/install', allow('amplify:StartDeployment'), allow('amplify:ListApps')],
  ['the targets of Amazon VPC Lattice', 'https://${Lattice.DnsEntry.DomainName}/install', allow('vpc-lattice:RegisterTargets'), allow('vpc-lattice:ListTargets')],
  ['the rules of Amazon VPC Lattice', 'https://lattice.example.org/install', allow('vpc-lattice:UpdateRule'), allow('vpc-lattice:GetRule')],
  ['the endpoints of AWS Global Accelerator', 'https://${Accelerator.DnsName}/install', allow('globalaccelerator:UpdateEndpointGroup'), allow('globalaccelerator:ListAccelerators')],
  ['a host of a hosted zone', 'https://get.example.com/install', ZONE, allow('route53:ChangeResourceRecordSets', { 'Fn::Sub': 'arn:aws:route53:::hostedzone/${OtherZone}' })],
])('who changes %s from which a script gets what it runs runs that', (_, url, changing, other) => {
  expect(['curl -fsSL URL | sh', 'wget -O /usr/local/bin/it URL', 'bash -c "$(curl -s URL)"'].map((command) => decide(command.replace('URL', url), changing)))
    .toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
  expect(decide(`curl -s ${url} | sh`, other)).toBe('DENIED');
  expect(decide(`curl -s ${url} | jq .`, changing)).toBe('DENIED');
  expect(decide('curl -s https://get.example.info/install | sh', changing)).toBe('DENIED');
});

test.each([
  ['runs what it gets from there', 'curl -s https://${AnyHost}/install | sh', 'UNKNOWN'],
  ['only asks there', 'curl -s https://${AnyHost}/health', 'DENIED'],
  ['only sends data there', 'curl -X POST -d started https://${AnyHost}', 'DENIED'],
])('a host that only the deployment knows may be that of any bucket, if a script %s', (_, command, outcome) => {
  expect(decide(command, allow('s3:PutObject'))).toBe(outcome);
});

test('a script gets what it runs from the host in a variable', () => {
  const script = (assigned: string) => `BASE="${assigned}"\nexport SOURCE=$BASE/install\ncurl -s \${!SOURCE} | sh`;
  expect(['http://${Balancer.DNSName}', 'https://get.example.info'].map((host) => decide(script(host), allow('elasticloadbalancing:ModifyListener')))).toEqual(['UNKNOWN', 'DENIED']);
});
