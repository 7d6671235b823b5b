import { isIn } from '../../findings/gap';
import { distinct } from '../../values/distinct';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { isReference, isSet, textOf } from '../../values/text-parts';
import { anyPart, arnOf } from '../code/code-write';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** A user, a database or a directory with a password. */
export interface PasswordHolder {
  /** For messages. */
  readonly name: string;
  readonly resource: StackResource;
  /** The ARNs of the user, or of the roles of the database or the directory. */
  readonly holderArns: readonly Text[];
  /** Where its properties have the password. */
  readonly path: readonly string[];
  readonly password?: Text;
  /** The ARN of the secret in which a service keeps the password. */
  readonly managed?: Text;
}

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

/** The properties with the passwords of databases, by their types. */
export const OF_DATABASES: { readonly [type: string]: string } =
  Object.fromEntries(Object.entries(PASSWORDS).map(([type, { property }]) => [type, property]));

/**
 * Databases with roles, whose administrators run SQL with these: whoever has the password of one signs in.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/postgresql-s3-export.html
 */
export const databasesWithRoles = (resources: StackResources, programs: readonly Program[]): PasswordHolder[] =>
  resources.ofType(...Object.keys(PASSWORDS)).flatMap((resource) => {
    const withRoles = [resource, ...optionGroupsOf(resource, resources)].map((one) => one.place());
    const roleArns = programs.flatMap(({ roleArn, place }) => (roleArn && withRoles.some((one) => isIn(place, one)) ? [roleArn] : []));
    const holderArns = distinct(roleArns);
    const { property } = PASSWORDS[resource.type];
    const holder = { name: `password of ${resource.logicalId}`, resource, path: [property], password: textOf(resource.property(property)), holderArns };
    return holderArns.length === 0 ? [] : [{ ...holder, managed: managedSecret(resource) }];
  });

/** The options of a database can have roles, too. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithOptionGroups.html */
function optionGroupsOf(database: StackResource, resources: StackResources): StackResource[] {
  const name = textOf(database.property('OptionGroupName'));
  return name ? resources.ofType('AWS::RDS::OptionGroup').filter((group) => (name.literal === undefined && !isReference(name))
    || [group.ref, textOf(group.property('OptionGroupName'))].some((known) => known && equal(known, name) === 'yes')) : [];
}

/** The ARN of the secret that the service of a database might manage. */
function managedSecret(database: StackResource): Text | undefined {
  const { isManaged, secrets } = PASSWORDS[database.type];
  const name = Text.join([Text.of(`secret:${secrets}`), anyPart('name')]);
  return isSet(database.property(isManaged)) === 'no' ? undefined
    : arnOf('secretsmanager', name, database.pseudoParameter('Region'), database.pseudoParameter('AccountId'));
}
