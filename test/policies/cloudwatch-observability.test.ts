import { Call } from './controller-table';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';

const OF_APPLICATION_SIGNALS = ['/aws/application-signals/data', '/aws/service-events/shop'];
const ofContainerInsights = (clusterName: string) =>
  ['application', 'dataplane', 'host', 'performance'].map((name) => `/aws/containerinsights/${clusterName}/${name}`);
const ofOtelContainerInsights = (clusterName: string) => ['application', 'host'].map((name) => `/aws/otel/containerinsights/${clusterName}/${name}`);

const onGroup = (place: Place, name: string, group: string): Call => (
  { what: `${name} of ${group}`, action: `logs:${name}`, resource: arnIn(place, 'logs', `log-group:${group}:log-stream:`) });

const onStream = (place: Place, name: string, group: string): Call => (
  { what: `${name} in ${group} in ${place.region}`, action: `logs:${name}`, resource: arnIn(place, 'logs', `log-group:${group}:log-stream:node-1`) });

const writes = (place: Place, groups: string[]): Call[] => groups.flatMap((group) =>
  [onGroup(place, 'CreateLogGroup', group), onStream(place, 'CreateLogStream', group), onStream(place, 'PutLogEvents', group)]);

/** Requests to the OTLP endpoint have no namespace. */
const OTLP_METRICS: Call = { what: 'send metrics with OTLP', action: 'cloudwatch:PutMetricData' };

const READS_NODE: Call[] = [
  { what: 'find the Auto Scaling group of the node', action: 'ec2:DescribeTags' },
  { what: 'find the volumes of the node', action: 'ec2:DescribeVolumes' },
];

const TRACES: Call[] = ['PutTraceSegments', 'PutTelemetryRecords', 'GetSamplingRules', 'GetSamplingTargets'].map((name) => ({ what: name, action: `xray:${name}` }));

const denied = (place: Place): Call[] => [
  ...writes(place, [...ofContainerInsights('other'), ...ofOtelContainerInsights('other'), '/aws/containerinsights/prod-2/application']),
  ...writes(place, ['/aws/eks/prod/cluster', '/aws/application-signals/other', '/prod/application']),
  ...writes({ ...place, region: 'eu-west-1' }, [...ofContainerInsights(place.clusterName), ...OF_APPLICATION_SIGNALS]),
  ...['DeleteLogGroup', 'DeleteLogStream', 'FilterLogEvents', 'PutResourcePolicy', 'PutRetentionPolicy', 'PutSubscriptionFilter', 'StartQuery']
    .map((name) => onGroup(place, name, `/aws/containerinsights/${place.clusterName}/application`)),
  onStream(place, 'GetLogEvents', `/aws/containerinsights/${place.clusterName}/application`),
  ...['AWS/EC2', 'ContainerInsights', 'Shop'].map((namespace) => (
    { what: `send metrics to the namespace ${namespace}`, action: 'cloudwatch:PutMetricData', context: { 'cloudwatch:namespace': namespace } })),
  { what: 'read metrics', action: 'cloudwatch:GetMetricData' },
  { what: 'stop alarms', action: 'cloudwatch:DisableAlarmActions', resource: arnIn(place, 'cloudwatch', 'alarm:errors') },
  { what: 'read traces', action: 'xray:BatchGetTraces' },
  { what: 'read the user data of instances', action: 'ec2:DescribeInstanceAttribute', resource: arnIn(place, 'ec2', 'instance/i-0123') },
  { what: 'read a configuration of another agent', action: 'ssm:GetParameter', resource: arnIn(place, 'ssm', 'parameter/AmazonCloudWatch-linux') },
];

describeController('CloudWatch Observability', {
  policy: () => new policies.CloudWatchObservabilityPolicy(),
  allowed: (place) => [
    ...writes(place, [...ofContainerInsights(place.clusterName), ...OF_APPLICATION_SIGNALS]), ...READS_NODE, ...TRACES, OTLP_METRICS,
  ],
  denied: (place) => [...denied(place), ...writes(place, ofOtelContainerInsights(place.clusterName))],
});

describeController('CloudWatch Observability without Application Signals', {
  policy: () => new policies.CloudWatchObservabilityPolicy({ applicationSignals: false }),
  allowed: (place) => [...writes(place, ofContainerInsights(place.clusterName)), ...READS_NODE],
  denied: (place) => [
    ...denied(place), ...writes(place, [...OF_APPLICATION_SIGNALS, ...ofOtelContainerInsights(place.clusterName)]), ...TRACES, OTLP_METRICS,
  ],
});

describeController('CloudWatch Observability with OpenTelemetry', {
  policy: () => new policies.CloudWatchObservabilityPolicy({ applicationSignals: false, otelContainerInsights: true }),
  allowed: (place) => [
    ...writes(place, [...ofContainerInsights(place.clusterName), ...ofOtelContainerInsights(place.clusterName)]), ...READS_NODE, OTLP_METRICS,
  ],
  denied: (place) => [...denied(place), ...writes(place, OF_APPLICATION_SIGNALS), ...TRACES],
});
