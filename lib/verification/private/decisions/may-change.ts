import { about } from './known-resource';
import { SessionContext } from '../evaluation/session-context';
import { Resource } from '../model/resource';
import { Credentials } from '../reach/credentials';
import { decideWith } from '../reach/decide-with';
import { Text } from '../values/text';

/**
 * The condition keys of a request of the principal itself. Controllers of storage may create grants for services of AWS only.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource
 */
export const OF_PRINCIPAL = { 'kms:GrantIsForAWSResource': [Text.of('false')], 'kms:ViaService': [] };

/** A resource whose policies or tags might change. */
export type Target = Pick<Resource, 'arn' | 'account' | 'policies' | 'tags' | 'disablesAcls'> & Partial<Pick<Resource, 'place'>>;

/** What can be said of a resource that the principal creates in place of one that it has deleted: it has the tags that the request gives it. */
export const deleted = (target: Target): Target => ({ ...target, policies: [], tags: undefined });

/** Whether credentials may send a request that changes a resource, with the policies and tags that it has. */
export const mayChange = (credentials: Credentials, request: string, { account, arn, policies, tags }: Target): boolean =>
  decideWith(credentials, { kind: 'policies', account, policies: about(request, policies) }, {
    action: request, resource: arn, context: SessionContext.ofRole({ ...credentials.session, resource: { arn, tags }, given: OF_PRINCIPAL }),
  }).outcome !== 'DENIED';
