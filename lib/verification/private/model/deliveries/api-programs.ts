import { ApiRequest, apisOfOtherDocuments, requestsOfApis } from './api-requests';
import { limitTo } from './limit';
import { hasNodes } from './named-nodes';
import { knownAction } from '../../aws-data/actions';
import { addTo } from '../../values/add-to';
import { Program } from '../program';
import { nameOfService, prefixOf } from '../services';
import { StackResources } from '../stack-resources';

/**
 * APIs that make requests of AWS with a role of their own, so that whoever calls them decides what the role does: what the mapping of a request lets through is not
 * read.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
 */
export function programsOfApis(resources: StackResources): Program[] {
  const byCallers = new Map<string, ApiRequest[]>(); // APIs have hundreds of methods with one role
  requestsOfApis(resources).filter(({ roleArn }) => roleArn).forEach((request) =>
    addTo(byCallers, JSON.stringify([request.by, request.roleArn!.key, request.callers?.map(({ action, arn }) => [action, arn.key])]), request));
  const ofRequests = [...byCallers.values()].map((requests): Program => {
    const [{ by, roleArn, callers, place }] = requests;
    return { ...NO_PROGRAM, ...(callers ? { code: callers } : { openBy: nameOfService(by) }), roleArn, ...limitOf(requests), place };
  });
  const ofDocuments = apisOfOtherDocuments(resources).map((api): Program => ({ ...NO_PROGRAM, services: ['apigateway'], openBy: nameOfService('apigateway'), place: api.place() }));
  return [...ofRequests, ...ofDocuments];
}

const NO_PROGRAM = { arns: [], startedBy: [], takeovers: [], code: [] };

/** With a role that the caller chooses, as in `events:PutTargets`. */
const PASS_ROLE = 'iam:PassRole';

/** The only requests that some requests of an API can be, whatever its caller sends. */
function limitOf(requests: readonly ApiRequest[]): Pick<Program, 'limit'> {
  const actions = requests.map(actionOf);
  if (actions.includes(undefined)) {
    return {};
  }
  return { limit: limitTo(actions.flatMap((action) => (action === undefined ? [] : [{ action }])), 'the API', requests[0].place, [PASS_ROLE]) };
}

/** Services of which requests only send, read and write data, by the prefixes of their actions, besides those that hand it on. */
const OF_DATA = ['es', 'firehose', 'rds-data'];

/** Undefined if a service might do anything with the role as it answers the request: it can start others, and give access. */
function actionOf({ service, name }: ApiRequest): string | undefined {
  const prefix = service && prefixOf(service);
  const action = `${prefix}:${name}`;
  return prefix === undefined ? undefined
    : prefix === 'lambda' ? (name === 'InvokeFunction' ? action : undefined)
      : !hasNodes(prefix) && !OF_DATA.includes(prefix) ? undefined
        : name !== undefined && knownAction(action) ? action : `${prefix}:*`;
}
