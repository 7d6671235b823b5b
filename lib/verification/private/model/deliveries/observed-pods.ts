import { mayBeEqual } from '../../values/may-be-equal';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { anyPart, arnOf } from '../code/code-write';
import { Delivery } from '../events';
import { StackResource } from '../stack-resource';

/** What pods make something send without a request of their own, and with no permission: others watch them. */
type Observed = Pick<Delivery, 'requests' | 'anyone'>;

/** By what they write to their standard output, or by what the API server logs about them. */
export const BY_LOGS: Observed = { requests: [], anyone: 'the logs of pods' };

/** By what they use, and by how they fail. */
export const BY_METRICS: Observed = { requests: [], anyone: 'the metrics of pods' };

/**
 * Where the names of log groups start to which the agents of Amazon CloudWatch and the control plane of Amazon EKS write.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-EKS-logs.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
const OF_PODS = ['/aws/containerinsights/', '/aws/eks/'].map((prefix) => Text.join([Text.of(prefix), anyPart('name')]));

/** Whether the log group of a filter may have the logs of pods: one of these groups, or one that is known to. */
export function hasLogsOfPods(filter: StackResource, groups: readonly Text[]): boolean {
  const name = nameOfGroup(filter);
  return [...OF_PODS, ...groups].some((one) => mayBeEqual(one, name));
}

const nameOfGroup = (filter: StackResource): Text => textOf(filter.property('LogGroupName')) ?? anyPart('name');

/** The streams of the log group of a filter. */
export const groupOf = (filter: StackResource): Text =>
  arnOf('logs', Text.join([Text.of('log-group:'), nameOfGroup(filter), Text.of(':log-stream:'), anyPart('stream')]), anyPart('Region'), anyPart('account'));
