import { databasesWithRoles } from './database-passwords';
import { copiesBeside } from './sign-in-keys';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { textOf, textsUnder } from '../../values/text-parts';
import { readsOfSecret } from '../code/stored-writes';
import { KeyCopy, UserKey } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** What hosts of databases have in their names, by the types of these. */
const HOSTS: ReadonlyArray<readonly [type: RegExp, host: RegExp]> = [
  [/::RDS::/, /\.rds\.amazonaws\.com/i], [/::Redshift/, /\.redshift(-serverless)?\.amazonaws\.com/i],
];

/**
 * The passwords of other users of databases with roles than the administrator: they may run SQL with these roles, too. Pods have one if they have anything secret beside a
 * host of the service, and who reads the secret that is attached to a database, or with which its proxy signs in, has one. Which database a host is of is not asked.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_GRANT.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/postgresql-s3-export.html
 */
export function databaseUsers(resources: StackResources, programs: readonly Program[], objects: () => readonly KubernetesObject[]): UserKey[] {
  const databases = databasesWithRoles(resources, programs);
  const secrets = databases.length === 0 ? [] : [...attachedSecrets(resources), ...secretsOfProxies(resources)];
  return databases.flatMap(({ resource, holderArns }) => {
    const found = HOSTS.filter(([type]) => type.test(resource.type)).map(([, host]) => host);
    const isHost = (text: Text) => found.some((host) => host.test(`${text}`)) || text.unknowns.some((part) => part.resource === resource.key && part.label.includes('Endpoint'));
    const own = secrets.filter(({ database }) => !database || isOf(resource, database)).map(({ copy }) => copy);
    const copies = [...copiesBeside(isHost, objects()), ...own];
    return copies.length === 0 ? [] : holderArns.map((holderArn) => ({ name: `password of a user of ${resource.logicalId}`, holderArn, copies }));
  });
}

/** A copy of a password in a secret, and the database that it is for; undefined for any. */
interface SecretOf { readonly copy: KeyCopy; readonly database?: Text }

const isOf = ({ ref, arn }: StackResource, database: Text): boolean => [ref, arn].some((one) => one && equal(one, database) !== 'no');

const inSecret = (secret: Text, holder: StackResource): KeyCopy =>
  ({ where: `the secret of ${holder.logicalId}`, place: holder.place(), reads: readsOfSecret(secret) });

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secrettargetattachment.html */
const attachedSecrets = (resources: StackResources): SecretOf[] => resources.ofType('AWS::SecretsManager::SecretTargetAttachment').flatMap((attachment) => {
  const secret = textOf(attachment.property('SecretId'));
  return secret ? [{ copy: inSecret(secret, attachment), database: textOf(attachment.property('TargetId')) }] : [];
});

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbproxy.html */
const secretsOfProxies = (resources: StackResources): SecretOf[] => resources.ofType('AWS::RDS::DBProxy')
  .flatMap((proxy) => textsUnder(proxy.property('Auth'), /^SecretArn$/).map((secret) => ({ copy: inSecret(secret, proxy) })));
