import { resourceType } from '../../resource-types/declarations';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { derived, isReference } from '../../values/text-parts';
import { readAppliers } from '../clusters/appliers';
import { Handed } from '../deliveries/handed';
import { Returned } from '../deployment/returned-values';
import { Delivery } from '../events';
import { FUNCTION, Program } from '../program';
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

/** The functions outside the templates that do so for custom resources of these. Those that apply objects act in a cluster only. */
export function handlersElsewhere(
  returned: ReadonlyMap<string, Returned>, programs: readonly Program[], payloads: readonly Delivery[], resources: StackResources,
): Program[] {
  const { startedBy = [] } = resourceType(FUNCTION)?.program ?? {};
  const applying = readAppliers(resources).map(({ functionArn }) => functionArn.key);
  const known = new Set([...programs.flatMap(({ arns }) => arns.map(({ key }) => key)), ...applying]);
  const outside = [...returned].flatMap(([key, { handlers }]) => handlers.filter((arn) => !known.has(arn.key) && !isReference(arn))
    .map((arn) => ({ arn, place: resources.withKey(key)?.place() })));
  return [...new Map(outside.map((one) => [one.arn.key, one])).values()].flatMap(({ arn, place }) => (place
    ? [{ arns: [arn], startedBy, takeovers: [], ...handedToHandler([arn], startedBy, payloads), roleArn: derived(arn, 'role of the function'), place }] : []));
}
