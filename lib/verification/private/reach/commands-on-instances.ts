import { Credentials } from './credentials';
import { mayRequest, requestsOf } from './may-request';
import { RoleIndex } from '../assignments/role-index';
import { arnTexts } from '../evaluation/arn';
import { ON_INSTANCES, ON_MANAGED_NODES, WITH_ANOTHER_VOLUME } from '../resource-types/instance-requests';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/** What may run commands on instances, and on managed nodes elsewhere: each way is one request, or several that it takes together. */
const WAYS = { ec2: [...ON_INSTANCES.map((action) => [action]), WITH_ANOTHER_VOLUME], ssm: ON_MANAGED_NODES.map((action) => [action]) };

const RESOURCES = { ec2: 'instance/', ssm: 'managed-instance/' };

type Service = keyof typeof WAYS;

/** The services with roles for these. */
export const SERVICES_OF_INSTANCES: readonly Service[] = ['ec2', 'ssm'];

const REQUESTS = [...new Set(Object.values(WAYS).flat(2))];

/** Whether credentials might run commands on any instance at all. */
export function runsCommands(service: Service, credentials: Credentials, roles: RoleIndex): boolean {
  const allowed = requestsOf(credentials, roles, REQUESTS); // most roles may request none
  return allowed.length > 0 && WAYS[service].some((way) => way.every((action) => allowed.includes(action)));
}

/**
 * The ways in which credentials might run commands on the instances of an account, or on managed nodes there.
 *
 * @param of what has an ARN, whose partition is that of the instances.
 */
export function commandsOn(
  service: Service, of: { readonly arn: Text; readonly account: Text }, credentials: Credentials, roles: RoleIndex,
): ReadonlyArray<readonly string[]> {
  const arn = anyInstance(service, of);
  return WAYS[service].filter((way) => way.every((action) => mayRequest(credentials, roles, action, arn) !== 'no'));
}

function anyInstance(service: Service, { arn, account }: { readonly arn: Text; readonly account: Text }): Text {
  const [, partition = Text.of('aws')] = arnTexts(arn) ?? [];
  const unknown = (label: string) => Text.unknown(new Unknown(`${label} of ${arn.key}`, { label, excludes: ':' }));
  const instance = Text.join([Text.of(RESOURCES[service]), unknown('the ID of an instance')]);
  return Text.join([Text.of('arn'), partition, Text.of(service), unknown('the Region of an instance'), account, instance], ':');
}
