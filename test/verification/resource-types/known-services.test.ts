import { actingNames } from '../../../lib/verification/private/aws-data/actions';
import { servicesWithRoles } from '../../../lib/verification/private/model/unknown-requests';
import { KNOWN_REQUESTS, KNOWN_SERVICES, NOT_FOLLOWED } from '../../../lib/verification/private/resource-types/known-services';

const serviceOf = (action: string) => action.split(':')[0];
const acting = actingNames();
const withRoles = servicesWithRoles();

/** How many requests of each known service act, of all that somebody has read. */
const READ = `
  access-analyzer:15 acm:19 acm-pca:12 aoss:30 appconfig:31 application-autoscaling:6 application-signals:12 appmesh:23 aps:30 arc-zonal-shift:10
  autoscaling:43 bedrock-mantle:18 cassandra:11 ce:22 cloudtrail:35 cloudwatch:80 codeartifact:24 codecommit:46 codeguru-profiler:10
  codeguru-reviewer:4 codeguru-security:4 codestar-notifications:6 cognito-identity:10 cognito-idp:85 cognito-sync:9 comprehendmedical:10 config:42
  datapipeline:11 dbqms:9 docdb-elastic:10 dsql:19 dynamodb:41 ebs:3 ec2:540 ec2-instance-connect:3 ec2messages:4 ecr:33 ecr-public:11 eks:38
  elasticache:54 elasticfilesystem:21 elasticloadbalancing:51 es:68 events:45 execute-api:3 fsx:40 geo:28 glacier:18 globalaccelerator:32
  groundtruthlabeling:10 guardduty:55 health:2 iam:97 inspector2:40 inspector2-telemetry:5 kafka:33 kafka-cluster:12 kinesis:26 kms:40 logs:70
  mediaconvert:16 memorydb:27 mobiletargeting:66 mq:13 network-firewall:52 networkflowmonitor:13 opensearch:7 personalize:38 pi:2 pipes:5 polly:3
  qldb:20 rekognition:37 resource-groups:14 robomaker:31 route53:32 rum:11 s3-object-lambda:10 s3express:15 s3tables:27 s3vectors:8
  sagemaker-geospatial:8 savingsplans:3 scheduler:5 schemas:15 sdb:7 securityhub:63 servicediscovery:17 servicequotas:9 ses:139 shield:21 signer:8
  sms-voice:79 sns:22 sqs:11 ssmmessages:4 sts:10 support:17 support-console:4 tag:1 textract:9 timestream:18 transcribe:29 translate:7
  verifiedpermissions:15 vpc-lattice:43 vpc-lattice-svcs:2 waf:41 waf-regional:43 wafv2:25 xray:16
`.trim().split(/\s+/);

test('all requests that act of the known services are read', () => {
  // If a service has new ones, see in AWS's documentation what it does on behalf of whoever sends them. If that can lead to credentials, or to what another role
  // runs, follow the request with a rule, or add it to NOT_FOLLOWED. Then write the new number here.
  expect(KNOWN_SERVICES.map((service) => `${service}:${acting.filter((action) => serviceOf(action) === service).length}`)).toEqual(READ);
});

test('the known services have requests that act, and their resources have no roles', () => {
  expect(READ.filter((one) => one.endsWith(':0'))).toEqual([]);
  expect(KNOWN_SERVICES).toEqual([...new Set(KNOWN_SERVICES)].sort());
  expect(KNOWN_SERVICES.filter((service) => withRoles.includes(service))).toEqual([]);
});

test('the requests that are listed act, once, those of other services and those of known ones', () => {
  const known = [...KNOWN_SERVICES, ...withRoles];
  expect([...KNOWN_REQUESTS, ...NOT_FOLLOWED].filter((action, i, all) => !acting.includes(action) || all.indexOf(action) !== i)).toEqual([]);
  expect(KNOWN_REQUESTS.filter((action) => known.includes(serviceOf(action)))).toEqual([]);
  expect(NOT_FOLLOWED.filter((action) => !known.includes(serviceOf(action)))).toEqual([]);
});
