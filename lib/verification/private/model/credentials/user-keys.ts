import { clientSecrets } from './client-secrets';
import { OF_DATABASES } from './database-passwords';
import { databaseUsers } from './database-users';
import { OF_DIRECTORIES } from './directory-passwords';
import { copiesByController, copiesInBackups, copiesInObject, keysOfControllers, Named, namesOf, OF_OBJECTS } from './keys-in-objects';
import { copiesInProgram, hasInEnvironment } from './keys-in-programs';
import { copyIn, copyInMetadata } from './keys-in-resources';
import { keysOfCalls, returnedKeys, rotatedKeys } from './made-keys';
import { KeyOrigins, readPasswords } from './passwords';
import { propertiesWithPasswords } from './pool-passwords';
import { READS_OF_RECORDS } from './properties-reads';
import { passwordsOfUsers, signInKeys } from './sign-in-keys';
import { keyInSecret, StoredValues } from './stored-values';
import { Assembly } from '../../assembly/assembly';
import { stackOf } from '../../findings/gap';
import { Resolver } from '../../resolution/resolver';
import { distinct } from '../../values/distinct';
import { unknownsOf } from '../../values/origins';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { StoreElsewhere, storeElsewhere } from '../code/stored-elsewhere';
import { KeyCopy, KeyRead, MadeKey, UserKey } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Program } from '../program';
import { holderKey } from '../roles/held-policies';
import { USERS } from '../roles/holder-kinds';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The access keys and passwords of users, and the passwords of databases with roles, and where the templates have what is secret of them: whoever reads it there can
 * do what the user or the role may do. An app without these pays nothing for the search.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html
 */
export function readUserKeys(
  assembly: Assembly, resolver: Resolver, resources: StackResources, programs: readonly Program[], objects: () => readonly KubernetesObject[],
): { readonly userKeys: readonly UserKey[]; readonly madeKeys: readonly MadeKey[] } {
  const stored = new StoredValues(resources);
  const keys = [...resources.ofType('AWS::IAM::AccessKey').map((key) => accessKey(key, resources)), ...readPasswords(assembly, resources, stored, programs),
    ...keysOfCalls(resources), ...rotatedKeys(resources, stored, programs), ...returnedKeys(resources, programs), ...clientSecrets(resources)];
  const created = [
    ...keysOfControllers(objects(), resources), ...signInKeys(resources, programs, objects), ...passwordsOfUsers(resources, programs, objects),
    ...databaseUsers(resources, programs, objects),
  ];
  if (keys.length === 0) {
    return { userKeys: created, madeKeys: [] };
  }
  const holders = resources.all.filter(({ type }) => !OF_OBJECTS.includes(type));
  const possible: readonly Possible[] = [
    ...holders.map((holder) => ({
      unknowns: unknownsOf(withoutPassword(holder)),
      holder,
      copies: () => [copyIn(holder), ...copiesInProgram(holder, programs), ...copiesByController(namesOf(holder), objects())],
    })),
    ...resources.all.map((holder) => ({ unknowns: unknownsOf(holder.metadata), copies: () => [copyInMetadata(holder)] })),
    ...objects().map((object) => ({ unknowns: unknownsOf(object.at()), copies: () => copiesInObject(object, objects()) })),
    ...outputsOf(assembly, resolver),
  ];
  const all = new Set(possible.flatMap(({ unknowns }) => [...unknowns]));
  const found = keys.map((key) => {
    const { resource: own, origins, isOrigin = () => false, stores, elsewhere, sources } = key;
    const possibleCopies = new Set([...all].filter(withKeyOf(origins)));
    const ofElsewhere = [...possibleCopies].filter(({ storedAs }) =>
      storedAs && elsewhere.some((one) => isSameStore(one, storeElsewhere(storedAs, own))));
    const ids = stored.withCopies(new Set([...origins, ...ofElsewhere, ...[...all].filter(isOrigin)].map(({ id }) => id)), possibleCopies, stores);
    const named = [...[...stores, ...stored.having(ids)].map(({ resource }) => namesOf(resource)), ...elsewhere.map(namedAs)];
    const isCopy = ({ unknowns, holder }: Possible) =>
      [...unknowns].some(({ id }) => ids.has(id)) || stores.some(({ resource }) => resource === holder);
    const inTemplates = [
      ...sources,
      ...possible.filter(isCopy).flatMap((one) => one.copies()),
      ...elsewhere.flatMap((store) => copiesByController(namedAs(store), objects())),
      ...holders.filter((holder) => hasInEnvironment(holder, named)).flatMap((holder) => copiesInProgram(holder, programs)),
    ];
    const copies = [...inTemplates, ...copiesInBackups(inTemplates, objects())];
    return { key, copies };
  });
  const held = found.flatMap(({ key: { name, holderArns }, copies }) => holderArns.map((holderArn) => ({ name, holderArn, copies })));
  const madeKeys = found.flatMap(({ key: { name, madeBy }, copies }) => (madeBy ? [{ name, madeBy, copies }] : []));
  return { userKeys: [...created, ...held], madeKeys };
}

const accessKey = (key: StackResource, resources: StackResources): KeyOrigins => ({
  name: `access key ${key.logicalId}`,
  resource: key,
  holderArns: arnsOfUser(key, resources),
  origins: key.attribute('SecretAccessKey').unknowns,
  stores: [],
  elsewhere: [],
  sources: [],
});

/** Whether they have one ARN, or one name if only the deployment knows their ARNs. */
const isSameStore = (one: KeyOrigins['elsewhere'][number], other: StoreElsewhere): boolean => (one.arn ?? one.name)?.key === (other.arn ?? other.name).key;

/** Dynamic references to another key of a secret have another value, such as the name of a user. */
function withKeyOf(origins: readonly Unknown[]): (one: Unknown) => boolean {
  const keys = new Set(origins.flatMap((origin) => keyInSecret(origin) ?? []));
  return (one) => keys.size === 0 || keys.has(keyInSecret(one) ?? [...keys][0]);
}

const namedAs = ({ name, arn }: KeyOrigins['elsewhere'][number]): Named => ({ names: name ? [name] : [], arns: arn ? [arn] : [] });

/** Properties with passwords, which nobody can read there. */
const HIDDEN: { readonly [type: string]: string } = { [USERS.type]: 'LoginProfile', ...OF_DATABASES, ...OF_DIRECTORIES };

function withoutPassword(holder: StackResource): Resolved {
  const properties = holder.property();
  const hidden = [...(Object.hasOwn(HIDDEN, holder.type) ? [HIDDEN[holder.type]] : []), ...propertiesWithPasswords(holder)];
  return hidden.length === 0 || !(properties instanceof ResolvedMap) ? properties
    : new ResolvedMap(properties.entries.filter(([{ literal = '' }]) => !hidden.includes(literal)));
}

/** A value that may contain a key, and the copies that it is then. */
interface Possible {
  readonly unknowns: ReadonlySet<Unknown>;
  readonly holder?: StackResource;
  readonly copies: () => readonly KeyCopy[];
}

/** Names are unique in an account. Of several users with one name, AWS has only one: where a key is deployed, that of its own stack. */
function arnsOfUser(key: StackResource, resources: StackResources): Text[] {
  const name = textOf(key.property('UserName')) ?? key.attribute('UserName');
  const all = resources.ofType(USERS.type).filter((user) => holderKey(user, user.ref) === holderKey(key, name));
  const own = all.filter((user) => stackOf(user.place()) === stackOf(key.place()));
  const arns = (own.length > 0 ? own : all).map((user) => user.attribute('Arn'));
  return arns.length > 0 ? distinct(arns)
    : [Text.join([Text.of('arn:'), key.pseudoParameter('Partition'), Text.of(':iam::'), key.pseudoParameter('AccountId'), Text.of(':user/'), name])];
}

const outputsOf = (assembly: Assembly, resolver: Resolver): Possible[] => assembly.templates.flatMap((template) =>
  Object.entries<any>(template.body.Outputs).map(([name, output]): Possible => ({
    unknowns: unknownsOf(resolver.resolve(template, output?.Value)),
    copies: () => [{
      where: `the output ${name}`,
      place: { template: template.file, logicalId: name },
      reads: [...['cloudformation:DescribeStacks', ...(output?.Export ? ['cloudformation:ListExports'] : [])].map((action): KeyRead => ({ action })), ...READS_OF_RECORDS],
    }],
  })));
