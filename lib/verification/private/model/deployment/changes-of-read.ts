import { ANY_RESOURCE } from '../../values/wildcards';
import { changingRequests } from '../changing-requests';
import { CodeWrite } from '../code/code-write';
import { OF_BRANCHES } from '../code/code-writes';

/** Requests whose names do not show what they change. */
const ALSO: ReadonlyMap<string, readonly string[]> = new Map([
  ['appconfig', ['appconfig:StartDeployment']],
  ['codecommit', OF_BRANCHES],
]);

/**
 * The requests of a service that may change what a request returns: those with the same last word, such as `ec2:CreateImage` for `ec2:describeImages`, and
 * `ecs:RegisterTaskDefinition` for `ecs:describeTaskDefinition`.
 */
export function changesOfRead(request: string): CodeWrite[] {
  const [service, name = ''] = request.split(':');
  const [, ...words] = name.match(/[A-Z]?[a-z\d]+/g) ?? [];
  const word = words.at(-1)?.replace(/s$/, '');
  const changes = word === undefined ? [] : changingRequests(service).filter((action) => action.includes(word));
  return [...changes, ...ALSO.get(service) ?? []].map((action) => ({ action, arn: ANY_RESOURCE }));
}
