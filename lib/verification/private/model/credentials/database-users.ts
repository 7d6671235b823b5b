import { databasesWithRoles } from './database-passwords';
import { copiesBeside } from './sign-in-keys';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { textOf, textsUnder } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
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
 * The passwords of users of databases with roles, besides those of administrators: all users may run SQL with the roles. Pods have one if they have anything secret beside
 * a host of the service. Whoever reads a secret has one if the secret is attached to the database, or if a proxy signs in with it. Which database a host is of is not asked.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_GRANT.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/postgresql-s3-export.html
 */
export function databaseUsers(resources: StackResources, programs: readonly Program[], objects: () => readonly KubernetesObject[]): UserKey[] {
  const databases = databasesWithRoles(resources, programs);
  const secrets = databases.length === 0 ? [] : [...attachedSecrets(resources), ...secretsOfProxies(resources)];
  return databases.flatMap(({ resource, holderArns }) => {
    const found = HOSTS.filter(([type]) => type.test(resource.type)).map(([, host]) => host);
    const isEndpoint = ({ resource: of, label }: Unknown) => of === resource.key && label.includes('Endpoint');
    const isHost = (text: Text) => found.some((host) => host.test(`${text}`)) || text.unknowns.some(isEndpoint);
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
