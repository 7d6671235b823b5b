import { mayChange } from './may-change';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { actionsThatTag } from '../deployment/access-changes';
import { serviceOf } from '../deployment/policy-changes';
import { holderName } from '../model/holder-name';
import { Resource } from '../model/resource';
import { Credentials } from '../reach/credentials';
import { requestsOf } from '../reach/may-request';
import { Interned } from '../values/interned';
import { Text } from '../values/text';

/**
 * How a principal might change the tags of resources, with any of its credentials, so that conditions on these tags decide otherwise.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
 */
export class TagChanges {
  private readonly requests: readonly string[];
  private readonly byTarget = new Interned<AccessReason | undefined>();
  private tagging?: readonly Credentials[];

  constructor(private readonly found: readonly Credentials[], action: string, private readonly assigned: AssignedModel) {
    this.requests = actionsThatTag(serviceOf(action));
  }

  /** Why a resource of the templates might have other tags than these give it. */
  of(resource: Text): AccessReason | undefined {
    const target = this.assigned.resources.find(resource);
    return target && this.byTarget.of([target], () => this.find(target));
  }

  /** The credentials that may change any tags. */
  private get credentials(): readonly Credentials[] {
    return this.tagging ??= this.found.filter((one) => one.isObtained !== 'no' && requestsOf(one, this.assigned.roles, this.requests).length > 0);
  }

  private find(target: Resource): AccessReason | undefined {
    const { place } = target;
    return this.credentials.flatMap((one) => this.requests.filter((request) => mayChange(one, request, target)).map((request): AccessReason =>
      ({ what: `the principal might change the tags of ${place.logicalId}: ${holderName(one.role)} may request ${request}`, place })))[0];
  }
}
