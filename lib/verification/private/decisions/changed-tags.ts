import { deleted, mayChange } from './may-change';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { actionsThatTag } from '../deployment/access-changes';
import { serviceOf } from '../deployment/policy-changes';
import { Recreation, recreationsOf } from '../deployment/recreations';
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
  private readonly recreations: readonly Recreation[];
  private readonly byTarget = new Interned<AccessReason | undefined>();
  private tagging?: readonly Credentials[];

  constructor(private readonly found: readonly Credentials[], action: string, private readonly assigned: AssignedModel) {
    this.requests = actionsThatTag(serviceOf(action));
    this.recreations = recreationsOf(serviceOf(action));
  }

  /** Why a resource of the templates might have other tags than these give it. */
  of(resource: Text): AccessReason | undefined {
    const target = this.assigned.resources.find(resource);
    return target && this.byTarget.of([target], () => this.find(target));
  }

  /** The credentials that may change any tags. */
  private get credentials(): readonly Credentials[] {
    const requests = [...this.requests, ...this.recreations.map(({ deletes }) => deletes)];
    return this.tagging ??= this.found.filter((one) => one.isObtained !== 'no' && requestsOf(one, this.assigned.roles, requests).length > 0);
  }

  private find(target: Resource): AccessReason | undefined {
    const { place } = target;
    const found = this.credentials.flatMap((one) => [
      ...this.requests.filter((request) => mayChange(one, request, target)),
      ...this.recreations.filter((recreation) => this.mayRecreate(one, target, recreation)).map(({ deletes, creates }) => `${deletes} and ${creates}`),
    ].map((requests): AccessReason =>
      ({ what: `the principal might change the tags of ${place.logicalId}: ${holderName(one.role)} may request ${requests}`, place })));
    return found[0];
  }

  private mayRecreate(one: Credentials, target: Resource, { deletes, creates }: Recreation): boolean {
    return mayChange(one, deletes, target) && this.found.some((other) => other.isObtained !== 'no' && mayChange(other, creates, deleted(target)));
  }
}
