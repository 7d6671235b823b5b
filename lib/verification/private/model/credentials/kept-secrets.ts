import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';
import { anyPart, arnOf } from '../code/code-write';
import { readsOfSecret } from '../code/stored-writes';
import { KeyRead } from '../identities';
import { StackResource } from '../stack-resource';

/** What services have for others to sign in with, which they keep in secrets of the account. */
const KEPT = /(Connection|ConnectorProfile|CredentialProvider|^AWS::DataSync::Location\w+)$/;

/** The name of a service, which has no slash, while those of other secrets mostly have one. */
const OF_SERVICE = Text.unknown(new Unknown('service with secrets', { label: 'service', excludes: '/*?:!' }));

/**
 * The requests that read the secrets of services. The name of each starts with that of its service.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEventBridgeApiDestinationsServiceRolePolicy.html
 */
export const readsOfKept = (holder: StackResource): KeyRead[] => (!KEPT.test(holder.type) ? []
  : readsOfSecret(arnOf('secretsmanager', Text.join([Text.of('secret:'), OF_SERVICE, Text.of('!'), anyPart('name')]),
    holder.pseudoParameter('Region'), holder.pseudoParameter('AccountId'))));
