import { readsOfStores, storesOf } from './stored-reads';
import { StoredValues } from './stored-values';
import { stackOf } from '../../findings/gap';
import { Text } from '../../values/text';
import { isSet, textOf } from '../../values/text-parts';
import { anyPart, arnOf, CodeWrite } from '../code-writes';
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
    const [place, code] = [database.place(), readsOfPassword(database, stored)];
    return programs.filter((one) => one.roleArn && one.place.logicalId === place.logicalId && stackOf(one.place) === stackOf(place))
      .map((one): Program => ({ ...one, arns: [], startedBy: [], takeovers: [], code }));
  });
}

function readsOfPassword(database: StackResource, stored: StoredValues): CodeWrite[] {
  const { property, isManaged, secrets } = PASSWORDS[database.type];
  const managed = Text.join([Text.of(`secret:${secrets}`), anyPart('name')]);
  const managedArn = arnOf('secretsmanager', managed, database.pseudoParameter('Region'), database.pseudoParameter('AccountId'));
  const ofService = (isSet(database.property(isManaged)) === 'no' ? [] : [managedArn])
    .map((arn) => ({ type: 'AWS::SecretsManager::Secret', arn }));
  const password = textOf(database.property(property));
  return readsOfStores([...ofService, ...(password ? storesOf(password, database, stored) : [])]);
}
