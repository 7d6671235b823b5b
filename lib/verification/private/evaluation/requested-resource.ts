import { arnTexts } from './arn';
import { AccessRequest } from './request';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

const LIST_BUCKETS = 's3:listallmybuckets';

/** The actions for which CloudWatch Logs compares the ARN of a log group itself. For all others, it compares one that goes on with a colon. */
const OF_TAGS: readonly string[] = ['logs:listtagsforresource', 'logs:tagresource', 'logs:untagresource'];

const LOG_GROUP = 'log-group:';

/** What CloudWatch Logs adds to the ARN of a log group, which policies match with `:*`. AWS does not document what it is. */
const IN_LOG_GROUP = Text.join([Text.of(':'), Text.unknown(new Unknown('in a log group', { label: '*', isOfPattern: true }))]);

/**
 * The resource that policies of roles are compared with. S3 authorizes `ListAllMyBuckets` on `arn:aws:s3:::*`, as the example policies in its documentation do.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export function requestedResource({ action, resource }: AccessRequest, roleArn: Text): Text {
  const name = action.toLowerCase();
  if (name === LIST_BUCKETS && resource.literal === '*') {
    const [, partition = Text.of('aws')] = arnTexts(roleArn) ?? [];
    return Text.join([Text.of('arn:'), partition, Text.of(':s3:::*')]);
  }
  const [last] = name.startsWith('logs:') ? arnTexts(resource)?.slice(-1) ?? [] : [];
  return last?.startsWith(LOG_GROUP) ? ofLogGroup(resource, last, OF_TAGS.includes(name)) : resource;
}

function ofLogGroup(resource: Text, last: Text, isAboutTags: boolean): Text {
  const isGroup = !last.parts.some((part, i) => typeof part === 'string' && part.slice(i === 0 ? LOG_GROUP.length : 0).includes(':'));
  if (!isAboutTags) {
    return isGroup ? Text.join([resource, IN_LOG_GROUP]) : resource;
  }
  const [before, rest] = resource.parts.slice(-2);
  const isWithin = !isGroup && typeof before === 'string' && before.endsWith(':') && rest instanceof Unknown && rest.isOfPattern;
  return isWithin ? Text.join([...resource.parts.slice(0, -2).map(Text.ofPart), Text.of(before.slice(0, -1))]) : resource;
}
