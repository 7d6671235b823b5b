import { AccessPlace } from '../../../access-reason';
import { nameOfPlace, stackOf } from '../../findings/gap';
import { resourceType } from '../../resource-types/declarations';
import { addTo } from '../../values/add-to';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { derived, isReference } from '../../values/text-parts';
import { readAppliers } from '../clusters/appliers';
import { Handed } from '../deliveries/handed';
import { Returned } from '../deployment/returned-values';
import { Delivery } from '../events';
import { FUNCTION, Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * A function behind a custom resource does what the properties in its event say. That of an `AwsCustomResource` sends any request.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html
 */
export function handedToHandler(arns: readonly Text[], startedBy: readonly string[], payloads: readonly Delivery[]): Handed {
  const sent = payloads.filter(({ to, isFixed }) => !isFixed && arns.some((arn) => equal(arn, to) === 'yes'));
  const invoking = startedBy.map((action) => ({ action, arn: arns[0] }));
  return { code: [...invoking, ...sent.flatMap(({ requests = [] }) => requests)], fedBy: sent.flatMap(({ from }) => from ?? []) };
}

/** The functions of aws-cdk that send the request, or evaluate the expression, in their event. They are once in a stack, with these identifiers. */
const OF_EVENTS = /^(AWSb4cf1abd4e4f4bc699441af7ccd9ec37|Evala0d2ce44871b4e7487a1f5e63d7c3bdc)/;

/**
 * Whether a function does what its event says without a custom resource.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_events_targets.AwsApi.html
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_stepfunctions_tasks.EvaluateExpression.html
 */
export const doesWhatEventsSay = ({ logicalId }: StackResource): boolean => OF_EVENTS.test(logicalId);

/** Whether a stack cannot have made a value itself, over a macro, another resource or something stored. */
const isGivenBefore = ({ unknowns }: Text): boolean =>
  unknowns.every(({ isUnread, resource, storedAs }) => !isUnread && resource === undefined && storedAs === undefined);

/**
 * The functions outside the templates that do so for custom resources of these. Those that apply objects act in a cluster only. What a stack imports, or gets as a
 * parameter, is there before it, so that it is none of its own functions.
 */
export function handlersElsewhere(
  returned: ReadonlyMap<string, Returned>, programs: readonly Program[], payloads: readonly Delivery[], resources: StackResources,
): Program[] {
  const { startedBy = [] } = resourceType(FUNCTION)?.program ?? {};
  const applying = readAppliers(resources).map(({ functionArn }) => functionArn.key);
  const known = new Set([...programs.flatMap(({ arns }) => arns.map(({ key }) => key)), ...applying]);
  const customs = new Map<string, Array<{ readonly arn: Text; readonly place: AccessPlace }>>();
  for (const [key, { handlers }] of returned) {
    const place = resources.withKey(key)?.place();
    handlers.filter((arn) => place && !known.has(arn.key) && !isReference(arn)).forEach((arn) => addTo(customs, arn.key, { arn, place: place! }));
  }
  return [...customs.values()].map((all) => {
    const [{ arn, place }] = all;
    const stacks = new Set(all.map((one) => stackOf(one.place)));
    const functions = stacks.size > 1 || !isGivenBefore(arn) ? [] : resources.ofType(FUNCTION).filter((one) => stacks.has(stackOf(one.place())));
    const own = functions.flatMap((one) => one.arn ?? []);
    const { code, ...handed } = handedToHandler([arn], startedBy, payloads);
    return {
      arns: [arn],
      startedBy,
      takeovers: [],
      code: code.map((write) => (write.arn === arn ? { ...write, otherThan: own } : write)),
      ...handed,
      roleArn: derived(arn, 'role of the function'),
      shownBy: all.map((one) => nameOfPlace(one.place)),
      place,
    };
  });
}
