import { namedNode } from './named-nodes';
import { BY_LOGS } from './observed-pods';
import { distinct } from '../../values/distinct';
import { Resolved } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isReference, textsIn, textsUnder } from '../../values/text-parts';
import { anyPart, arnOf } from '../code/code-write';
import { Delivery } from '../events';
import { KubernetesObject } from '../kubernetes-object';
import { StackResources } from '../stack-resources';

/** How a configuration tells that it sends logs to AWS. */
const SENDS_LOGS = /cloudwatch|firehose|kinesis|\bs3\b/i;

/** What has the name of where logs go, in a configuration and in values of a chart. */
const NAMED_IN_TEXT = /^[\w.-]*(bucket|group|stream)(_?(name|template))?:?$/i;
const NAMED_IN_VALUES = /(group|stream)(name|template)?$/i;

const SEPARATORS = /[\s"'`=,]+|:\s+/;

/** An expression that the agent fills in. */
const EXPRESSION = /[$%{]/;

/** Where agents in clusters send the output of pods, as their configurations and the values of their charts name it, and the logging of AWS Fargate. */
export class LogAgents {
  private names?: readonly Text[];

  constructor(private readonly objects: () => readonly KubernetesObject[], private readonly resources: StackResources) {}

  /**
   * The names of log groups.
   *
   * @see https://docs.fluentbit.io/manual/data-pipeline/outputs/cloudwatch
   * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
   */
  get groups(): readonly Text[] {
    this.names ??= distinct(this.objects().flatMap(namedBy));
    return this.names;
  }

  /** @see https://docs.fluentbit.io/manual/data-pipeline/outputs/kinesis */
  get deliveries(): Delivery[] {
    if (this.resources.ofType('AWS::Kinesis::Stream', 'AWS::KinesisFirehose::DeliveryStream', 'AWS::Pipes::Pipe', 'AWS::S3::Bucket').length === 0) {
      return [];
    }
    const names = this.groups.filter((name) => name.literal !== undefined || isReference(name));
    return names.flatMap((name) => [namedNode('kinesis', name), namedNode('s3', name), streamOf(name)].map((to) => ({ ...BY_LOGS, to })));
  }
}

const streamOf = (name: Text): Text => arnOf('firehose', Text.join([Text.of('deliverystream/'), name]), anyPart('Region'), anyPart('account'));

const namedBy = (object: KubernetesObject): Text[] => {
  const texts = textsIn(object.at()).filter(({ parts }) => parts.some((part) => typeof part === 'string' && SENDS_LOGS.test(part)));
  return [...texts.flatMap(namedInText), ...textsUnder(valuesOf(object), NAMED_IN_VALUES)].map(withoutExpression).filter(({ literal }) => literal !== '');
};

const valuesOf = (object: KubernetesObject): Resolved => (object.kind === 'ConfigMap' || object.kind === 'Secret' ? undefined : object.at());

function namedInText(text: Text): Text[] {
  const words = wordsOf(text, SEPARATORS).filter(({ literal }) => literal !== '');
  return words.filter((_, i) => i > 0 && NAMED_IN_TEXT.test(words[i - 1].literal ?? ''));
}

function withoutExpression(name: Text): Text {
  const [first, ...rest] = wordsOf(name, EXPRESSION);
  return rest.length === 0 ? name : Text.join([first, anyPart('rest of a name')]);
}
