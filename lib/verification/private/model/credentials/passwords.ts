import { databasesWithRoles, PasswordHolder } from './database-passwords';
import { directoriesWithRoles } from './directory-passwords';
import { givenPasswords } from './pool-passwords';
import { READS_OF_STACKS, READS_OF_PROPERTIES, READS_OF_TEMPLATE } from './properties-reads';
import { readsOf } from './readable-resources';
import { Store, StoredValues } from './stored-values';
import { Assembly } from '../../assembly/assembly';
import { scalarText } from '../../assembly/template';
import { unknownsOf } from '../../values/origins';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { StoreElsewhere, storeElsewhere } from '../code/stored-elsewhere';
import { OF_PARAMETERS, OF_SECRETS } from '../code/stored-writes';
import { KeyCopy, KeyRead, UserKey } from '../identities';
import { Program } from '../program';
import { USERS } from '../roles/holder-kinds';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** A key, before it is known where its copies are. */
export interface KeyOrigins extends Pick<UserKey, 'name'> {
  readonly resource: StackResource;
  /** The ARNs of the users or the roles as which it lets act. */
  readonly holderArns: readonly Text[];
  /** The unknowns that it is, or that it is made of. */
  readonly origins: readonly Unknown[];
  /** Whether it is, or is made of, another unknown. @default - it is not */
  readonly isOrigin?: (one: Unknown) => boolean;
  /** The ARN of the role with which a function might make it. Which users it is for then depends on what the role may do. */
  readonly madeBy?: Text;
  /** The secrets and parameters of the templates that it comes from. */
  readonly stores: readonly Store[];
  /** Those that the templates do not create. */
  readonly elsewhere: ReadonlyArray<Pick<StoreElsewhere, 'arn'> & Partial<StoreElsewhere>>;
  /** What else it comes from, and who may change it. */
  readonly sources: readonly KeyCopy[];
}

/** The requests that change what the next deployment reads, so that it sets another password. */
const WRITES: { readonly [type: string]: readonly string[] } = {
  'AWS::SSM::Parameter': OF_PARAMETERS,
  'AWS::SecretsManager::Secret': OF_SECRETS,
};

/**
 * The passwords with which users sign in to the console or to a user pool, or administrators to a database or a directory with roles, where a template, a parameter,
 * AWS Secrets Manager or the Parameter Store has them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-iam-user-loginprofile.html
 */
export function readPasswords(assembly: Assembly, resources: StackResources, stored: StoredValues, programs: readonly Program[]): KeyOrigins[] {
  const path = ['LoginProfile', 'Password'];
  const users = resources.ofType(USERS.type).map((resource): PasswordHolder =>
    ({ name: 'password', resource, path, password: textOf(resource.property(...path)), holderArns: [resource.attribute('Arn')] }));
  const holders = [...users, ...databasesWithRoles(resources, programs), ...directoriesWithRoles(resources), ...givenPasswords(resources)];
  const all = holders.filter(({ password, managed }) => password ?? managed);
  const parameters = all.length === 0 ? new Map<string, Parameter>() : parametersOf(assembly);
  return all.map((holder) => passwordOf(holder, parameters, stored));
}

/** Of the value of a store, what does not come from a parameter or another store, such as the name of the user, is no password. */
function passwordOf(holder: PasswordHolder, parameters: ReadonlyMap<string, Parameter>, stored: StoredValues): KeyOrigins {
  const { name, resource: own, holderArns, password, managed } = holder;
  const [origins, stores] = [new Set(unknownsOf(password)), new Set<Store>()];
  for (const origin of origins) { // the set grows while it is read
    for (const store of stored.named(origin)) {
      stores.add(store);
      unknownsOf(store.value).forEach((one) => (one.storedAs || parameters.has(one.id)) && origins.add(one));
    }
  }
  const elsewhere = [...origins].filter((origin) => origin.madeOf.length === 0 && stored.exactlyNamed(origin).length === 0)
    .flatMap(({ storedAs }) => (storedAs ? [storeElsewhere(storedAs, own)] : []));
  const ofService = managed ? [{ type: 'AWS::SecretsManager::Secret' as const, arn: managed }] : [];
  const literals = [{ resource: own, value: password }, ...stores].filter(({ value }) => value instanceof Text && value.literal !== undefined);
  const sources = [
    ...literals.map(({ resource }) => copyInTemplate(resource)),
    ...[...stores].map(({ resource }) => ({ where: resource.logicalId, place: resource.place(), reads: writesTo(resource) })),
    ...[...origins].filter(({ madeOf }) => madeOf.length === 0).flatMap((origin) => sourcesOf(origin, own, parameters)),
    ...elsewhere.map((store) => copyElsewhere(store, holder)),
    ...ofService.map((store) => ({ where: `the secret of ${own.logicalId}`, place: own.place(), reads: readsOf(store) })),
  ];
  return { name, resource: own, holderArns, origins: [...origins], stores: [...stores], elsewhere: [...elsewhere, ...ofService], sources };
}

/** What a resource returns is taken to be known to everyone. */
function sourcesOf({ id, label, storedAs }: Unknown, own: StackResource, parameters: ReadonlyMap<string, Parameter>): KeyCopy[] {
  const parameter = parameters.get(id);
  return parameter ? copiesOfParameter(parameter) : storedAs ? [] : [{ where: label, place: own.place(), heldBy: 'everyone' }];
}

const writesTo = ({ type, arn }: Pick<StackResource, 'type' | 'arn'>): KeyRead[] => WRITES[type].map((action) => ({ action, arn }));

function copyElsewhere({ type, name, arn }: StoreElsewhere, { resource, path }: PasswordHolder): KeyCopy {
  const where = `${type === 'AWS::SSM::Parameter' ? 'parameter' : 'secret'} ${name}`;
  return { where, place: resource.place(`Properties.${path[0]}`), reads: [...readsOf({ type, arn }) ?? [], ...writesTo({ type, arn })] };
}

const reading = (...actions: string[]): KeyRead[] => actions.map((action) => ({ action }));

const copyInTemplate = (resource: StackResource): KeyCopy =>
  ({ where: `the template of ${resource.logicalId}`, place: resource.place(), reads: [...READS_OF_TEMPLATE, ...READS_OF_PROPERTIES] });

interface Parameter { readonly name: string; readonly template: string; readonly isHidden: boolean; readonly hasDefault: boolean }

/** By the identifiers of their values. */
const parametersOf = ({ templates }: Assembly): ReadonlyMap<string, Parameter> => new Map(templates.flatMap(({ id, file, body }) =>
  Object.entries<any>(body.Parameters).map(([name, parameter]) => [`${id}/${name}`, {
    name, template: file, isHidden: scalarText(parameter?.NoEcho) === 'true', hasDefault: parameter?.Default !== undefined,
  }] as const)));

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
function copiesOfParameter({ name, template, isHidden, hasDefault }: Parameter): KeyCopy[] {
  const reads = [
    ...(isHidden ? [] : [...READS_OF_STACKS, ...READS_OF_PROPERTIES]),
    ...(hasDefault ? reading('cloudformation:GetTemplate', 'cloudformation:GetTemplateSummary') : []),
  ];
  return reads.length > 0 ? [{ where: `the parameter ${name}`, place: { template, logicalId: name }, reads }] : [];
}
