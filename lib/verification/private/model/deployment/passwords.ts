import { readsOf } from './keys-in-resources';
import { StoreElsewhere, storeElsewhere } from './stored-elsewhere';
import { Store, StoredValues } from './stored-values';
import { Assembly } from '../../assembly/assembly';
import { scalarText } from '../../assembly/template';
import { unknownsOf } from '../../values/origins';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { KeyCopy, KeyRead, UserKey } from '../identities';
import { USERS } from '../roles/holder-kinds';
import { StackResource, StackResources } from '../stack-resources';

/** A key of a user, before it is known where its copies are. */
export interface KeyOrigins extends Pick<UserKey, 'name'> {
  readonly userArns: readonly Text[];
  /** The unknowns that it is, or that it is made of. */
  readonly origins: readonly Unknown[];
  /** The secrets and parameters of the templates that it comes from. */
  readonly stores: readonly Store[];
  /** What else it comes from, and who may change it. */
  readonly sources: readonly KeyCopy[];
}

/** The requests that change what the next deployment reads, so that it sets another password. */
const WRITES: { readonly [type: string]: readonly string[] } = {
  'AWS::SSM::Parameter': ['ssm:PutParameter', 'ssm:LabelParameterVersion'],
  'AWS::SecretsManager::Secret': ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret', 'secretsmanager:UpdateSecretVersionStage'],
};

/**
 * The passwords with which users sign in to the console, where a template, a parameter, AWS Secrets Manager or the Parameter Store has them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-iam-user-loginprofile.html
 */
export function readPasswords(assembly: Assembly, resources: StackResources, stored: StoredValues): KeyOrigins[] {
  const parameters = parametersOf(assembly);
  return resources.ofType(USERS.type).flatMap((user) => {
    const password = textOf(user.property('LoginProfile', 'Password'));
    return password ? [passwordOf(user, password, parameters, stored)] : [];
  });
}

/** Of the value of a store, what does not come from a parameter or another store, such as the name of the user, is no password. */
function passwordOf(user: StackResource, password: Text, parameters: ReadonlyMap<string, Parameter>, stored: StoredValues): KeyOrigins {
  const [origins, stores] = [new Set(unknownsOf(password)), new Set<Store>()];
  for (const origin of origins) { // the set grows while it is read
    for (const store of stored.named(origin)) {
      stores.add(store);
      unknownsOf(store.value).forEach((one) => (one.storedAs || parameters.has(one.id)) && origins.add(one));
    }
  }
  const literals = [{ resource: user, value: password }, ...stores].filter(({ value }) => value instanceof Text && value.literal !== undefined);
  const sources = [
    ...literals.map(({ resource }) => copyInTemplate(resource)),
    ...[...stores].map(({ resource }) => ({ where: resource.logicalId, place: resource.place(), reads: writesTo(resource) })),
    ...[...origins].filter(({ madeOf }) => madeOf.length === 0).flatMap((origin) => sourcesOf(origin, user, parameters, stored)),
  ];
  return { name: 'password', userArns: [user.attribute('Arn')], origins: [...origins], stores: [...stores], sources };
}

/** What a resource returns is taken to be known to everyone. */
function sourcesOf(origin: Unknown, user: StackResource, parameters: ReadonlyMap<string, Parameter>, stored: StoredValues): KeyCopy[] {
  const [{ storedAs, label }, parameter] = [origin, parameters.get(origin.id)];
  const isElsewhere = storedAs && stored.exactlyNamed(origin).length === 0;
  const found = [...(parameter ? copiesOfParameter(parameter) : []), ...(isElsewhere ? [copyElsewhere(storeElsewhere(storedAs, user), user)] : [])];
  return parameter || storedAs ? found : [{ where: label, place: user.place(), heldBy: 'everyone' }];
}

const writesTo = ({ type, arn }: Pick<StackResource, 'type' | 'arn'>): KeyRead[] => WRITES[type].map((action) => ({ action, arn }));

function copyElsewhere({ type, name, arn }: StoreElsewhere, user: StackResource): KeyCopy {
  const where = `${type === 'AWS::SSM::Parameter' ? 'parameter' : 'secret'} ${name}`;
  return { where, place: user.place('Properties.LoginProfile'), reads: [...readsOf({ type, arn }) ?? [], ...writesTo({ type, arn })] };
}

const reading = (...actions: string[]): KeyRead[] => actions.map((action) => ({ action }));

const copyInTemplate = (resource: StackResource): KeyCopy =>
  ({ where: `the template of ${resource.logicalId}`, place: resource.place(), reads: reading('cloudformation:GetTemplate') });

interface Parameter { readonly name: string; readonly template: string; readonly isHidden: boolean; readonly hasDefault: boolean }

/** By the identifiers of their values. */
const parametersOf = ({ templates }: Assembly): ReadonlyMap<string, Parameter> => new Map(templates.flatMap(({ id, file, body }) =>
  Object.entries<any>(body.Parameters).map(([name, parameter]) => [`${id}/${name}`, {
    name, template: file, isHidden: scalarText(parameter?.NoEcho) === 'true', hasDefault: parameter?.Default !== undefined,
  }] as const)));

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
function copiesOfParameter({ name, template, isHidden, hasDefault }: Parameter): KeyCopy[] {
  const reads = [
    ...(isHidden ? [] : reading('cloudformation:DescribeStacks', 'cloudformation:DescribeChangeSet')),
    ...(hasDefault ? reading('cloudformation:GetTemplate', 'cloudformation:GetTemplateSummary') : []),
  ];
  return reads.length > 0 ? [{ where: `the parameter ${name}`, place: { template, logicalId: name }, reads }] : [];
}
