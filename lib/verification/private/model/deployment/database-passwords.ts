import { copiesByController, copiesInObject, Named, namesOf } from './keys-in-objects';
import { Readable } from './keys-in-resources';
import { readsOfStores, storesOf } from './stored-reads';
import { StoredValues } from './stored-values';
import { isIn } from '../../findings/gap';
import { unknownsOf } from '../../values/origins';
import { Text } from '../../values/text';
import { isSet, textOf } from '../../values/text-parts';
import { anyPart, arnOf } from '../code-writes';
import { UserKey } from '../identities';
import { KubernetesObject } from '../objects/kubernetes-object';
import { Program } from '../program';
import { StackResource, StackResources } from '../stack-resources';

/** Where a database has the password of its administrator, and how the names of secrets start that its service manages. */
interface Password { readonly property: string; readonly isManaged: string; readonly secrets: string }

const OF_RDS: Password = { property: 'MasterUserPassword', isManaged: 'ManageMasterUserPassword', secrets: 'rds!' };

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html */
const PASSWORDS: { readonly [type: string]: Password } = {
  'AWS::RDS::DBCluster': OF_RDS,
  'AWS::RDS::DBInstance': OF_RDS,
  'AWS::Redshift::Cluster': { property: 'MasterUserPassword', isManaged: 'ManageMasterPassword', secrets: 'redshift!' },
  'AWS::RedshiftServerless::Namespace': { property: 'AdminUserPassword', isManaged: 'ManageAdminPassword', secrets: 'redshift!' },
};

/**
 * Databases with roles, whose administrators run SQL with these: whoever reads the password of one signs in.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/postgresql-s3-export.html
 */
export function readDatabasePasswords(resources: StackResources, programs: readonly Program[]): Program[] {
  const stored = new StoredValues(resources);
  return resources.ofType(...Object.keys(PASSWORDS)).flatMap((database) => {
    const code = readsOfStores(storesOfPassword(database, stored));
    return programsAt(database, programs).map((one): Program => ({ ...one, arns: [], startedBy: [], takeovers: [], code }));
  });
}

/**
 * The passwords of such databases that objects have, or that a controller copies into a cluster, so that pods can mount them.
 *
 * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
 */
export function readDatabaseKeys(resources: StackResources, programs: readonly Program[], objects: readonly KubernetesObject[]): UserKey[] {
  const stored = new StoredValues(resources);
  return resources.ofType(...Object.keys(PASSWORDS)).flatMap((database) => {
    const stores = storesOfPassword(database, stored);
    const keys = new Set(stores.flatMap(({ arn }) => arn?.key ?? []));
    const hasPassword = (object: KubernetesObject) => [...unknownsOf(object.at())].some((one) =>
      storesOf(Text.unknown(one), database, stored).some(({ arn }) => arn && keys.has(arn.key)));
    const synced = stores.flatMap((store) => copiesByController(namedAs(store), objects));
    const copies = [...synced, ...objects.filter(hasPassword).flatMap((object) => copiesInObject(object, objects))];
    const holders = new Map(programsAt(database, programs).flatMap(({ roleArn }) => (roleArn ? [[roleArn.key, roleArn] as const] : [])));
    return copies.length === 0 ? [] : [...holders.values()].map((holderArn) => ({ name: `password of ${database.logicalId}`, holderArn, copies }));
  });
}

const namedAs = (store: Readable): Named => (store instanceof StackResource ? namesOf(store)
  : { names: store.name ? [store.name] : [], arns: store.arn ? [store.arn] : [] });

const programsAt = (database: StackResource, programs: readonly Program[]): Program[] =>
  programs.filter(({ roleArn, place }) => roleArn && isIn(place, database.place()));

function storesOfPassword(database: StackResource, stored: StoredValues): Readable[] {
  const { property, isManaged, secrets } = PASSWORDS[database.type];
  const managed = Text.join([Text.of(`secret:${secrets}`), anyPart('name')]);
  const managedArn = arnOf('secretsmanager', managed, database.pseudoParameter('Region'), database.pseudoParameter('AccountId'));
  const ofService = (isSet(database.property(isManaged)) === 'no' ? [] : [managedArn])
    .map((arn) => ({ type: 'AWS::SecretsManager::Secret', arn }));
  const password = textOf(database.property(property));
  return [...ofService, ...(password ? storesOf(password, database, stored) : [])];
}
