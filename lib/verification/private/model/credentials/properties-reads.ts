import { unknownsOf } from '../../values/origins';
import { Resolved } from '../../values/resolved';
import { KeyRead } from '../identities';

/**
 * Requests that return the properties of the resources of a stack, with the values of references, unless they come from a parameter with `NoEcho`. A dynamic reference
 * stays one, which is not taken into account.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceDrift.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
 */
export const READS_OF_PROPERTIES: readonly KeyRead[] =
  ['DescribeStackEvents', 'DescribeEvents', 'DescribeStackResourceDrifts', 'DetectStackResourceDrift', 'DescribeChangeSet'].map((name) => ({ action: `cloudformation:${name}` }));

/** What returns the literal texts of a template. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html */
export const READS_OF_TEMPLATE: readonly KeyRead[] = [{ action: 'cloudformation:GetTemplate' }];

/**
 * Requests that return what AWS Config recorded of resources, such as the environment of a task or a build, and the parameters and the outputs of a stack.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html
 * @see https://github.com/awslabs/aws-config-resource-schema
 */
export const READS_OF_RECORDS: readonly KeyRead[] = [
  'GetResourceConfigHistory', 'BatchGetResourceConfig', 'SelectResourceConfig',
  'GetAggregateResourceConfig', 'BatchGetAggregateResourceConfig', 'SelectAggregateResourceConfig',
].map((name) => ({ action: `config:${name}` }));

/** Requests that return the parameters of a stack, unless they have `NoEcho`. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
export const READS_OF_STACKS: readonly KeyRead[] = [{ action: 'cloudformation:DescribeStacks' }, ...READS_OF_RECORDS];

/** Those that return a value, if a parameter is in it. */
export const readsOfParameters = (value: Resolved): readonly KeyRead[] =>
  ([...unknownsOf(value)].some(({ parameter }) => parameter?.isShown) ? READS_OF_STACKS : []);
