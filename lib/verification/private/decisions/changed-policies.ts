import { TagChanges } from './changed-tags';
import { about as policiesAbout } from './known-resource';
import { deleted, mayChange, OF_PRINCIPAL, Target } from './may-change';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { wholesOf, withParts } from '../assignments/resource-index';
import { arnFormats } from '../aws-data/actions';
import { DELETE_STACK, isOfKnownService, PolicyChange, policyChanges, serviceOf } from '../deployment/policy-changes';
import { ResourceSide } from '../evaluation/grants';
import { accountOf } from '../evaluation/resource-policies';
import { isIn } from '../findings/gap';
import { holderName } from '../model/holder-name';
import { Resource } from '../model/resource';
import { candidateResources } from '../policies/candidate-resources';
import { policyMayAllow } from '../policies/may-allow';
import { Policy } from '../policies/policy';
import { Credentials } from '../reach/credentials';
import { mayRequest, requestsOf } from '../reach/may-request';
import { Interned } from '../values/interned';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { ANY_RESOURCE } from '../values/wildcards';

const DELETING = [DELETE_STACK];

/** The request after which objects of a bucket have ACLs. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
const ENABLES_ACLS = 's3:PutBucketOwnershipControls';

/** What the policies of a resource might be after the principal has changed them. */
export interface ChangedPolicies {
  readonly side: ResourceSide;
  readonly why: AccessReason;
}

/** How a principal might change the policies of resources, with any of its credentials, so that it gets access for an action. */
export class PolicyChanges {
  private readonly requests: readonly PolicyChange[];
  private readonly obtained: readonly Credentials[];
  /** Those that may delete a stack. */
  private readonly deleting: readonly Credentials[];
  /** By resource, because each of the credentials asks for the same. */
  private readonly known = new Map<string, readonly ChangedPolicies[]>();
  private readonly asking = new Map<string, readonly Credentials[]>();
  private changeable?: readonly Text[];

  /**
   * @param withoutPolicy patterns of the resources outside the templates that are assumed to have no policy now.
   * @param tags how the principal might change the tags of resources.
   */
  constructor(
    found: readonly Credentials[], private readonly action: string, private readonly assigned: AssignedModel,
    private readonly withoutPolicy: readonly Pattern[], readonly tags: TagChanges,
  ) {
    this.requests = policyChanges(action);
    this.obtained = found.filter(({ isObtained }) => isObtained !== 'no');
    this.deleting = this.obtained.filter((one) => requestsOf(one, assigned.roles, DELETING).length > 0);
  }

  /** What the policies of a resource might be then, if they are known. */
  of(resource: Text): readonly ChangedPolicies[] {
    if (this.requests.length === 0) {
      return [];
    }
    if (resource.key === ANY_RESOURCE.key) {
      return isOfKnownService(this.action) ? [] : this.ofAny();
    }
    const target = this.assigned.resources.find(resource);
    const { key } = target?.arn ?? resource;
    const changes = this.known.get(key) ?? (target ? this.ofTarget(target) : this.ofOther(resource));
    this.known.set(key, changes);
    return changes;
  }

  /** The resources whose policies might change, and all their parts, as far as the action is about them. */
  get resources(): readonly Text[] {
    return this.changeable ??= isOfKnownService(this.action) ? this.findResources() : this.ofAny().map(() => ANY_RESOURCE).slice(0, 1);
  }

  /** Those of the templates that have such policies: the policy of a role is its trust policy. */
  private get ownResources(): readonly Resource[] {
    const service = serviceOf(this.action);
    const { resources } = this.assigned;
    return service === 'sts' ? resources.ofService('iam').filter(({ type }) => type === 'AWS::IAM::Role') : resources.ofService(service);
  }

  /** Of a service whose resources are not known, one of the templates might be among those that the principal may change. */
  private ofAny(): ChangedPolicies[] {
    const isAboutResources = arnFormats(this.action)?.length !== 0;
    return (isAboutResources ? this.obtained : []).flatMap((credentials) => {
      const { account } = credentials.role;
      const change = this.requests.find(({ request }) => mayRequest(credentials, this.assigned.roles, request) !== 'no');
      return change ? [changeBy(credentials, change.request, `resources of ${serviceOf(this.action)}`, { account, policies: [] })] : [];
    }).slice(0, 1);
  }

  private findResources(): Text[] {
    const may = (request: string) => this.obtained.some((credentials) => mayRequest(credentials, this.assigned.roles, request, undefined, OF_PRINCIPAL) !== 'no');
    const isAny = arnFormats(this.action)?.length === 0 || ![...this.requests.map(({ request }) => request), DELETE_STACK].some(may);
    return isAny ? [] : this.ownResources.filter(({ arn }) => this.of(arn).length > 0).flatMap(({ arn }) => withParts(arn));
  }

  private ofTarget(target: Resource): ChangedPolicies[] {
    return [...this.requests.flatMap((change) => this.changed(target, change)), ...this.withoutDeleted(target)];
  }

  /** Without the policies that are resources of their own in stacks that the principal might delete. */
  private withoutDeleted({ account, policies, place }: Resource): ChangedPolicies[] {
    const { roles } = this.assigned;
    const deleterOf = ({ place: own }: Policy): Credentials | undefined => (own === undefined || isIn(own, place) ? undefined
      : this.deleting.find((one) => roles.stacksOf(own).some((arn) => mayRequest(one, roles, DELETE_STACK, arn) !== 'no')));
    const deleters = policies.map(deleterOf);
    const credentials = deleters.find((one) => one !== undefined);
    const kept = policies.filter((_, i) => deleters[i] === undefined);
    return credentials ? [changeBy(credentials, DELETE_STACK, place.logicalId, { account, policies: kept, place }, true)] : [];
  }

  /** Its ARN may be that of a part of the resource, such as an object. A policy that it does not have cannot be removed. */
  private ofOther(resource: Text): ChangedPolicies[] {
    if (!this.withoutPolicy.some((pattern) => pattern.matches(resource) === 'yes')) {
      return [];
    }
    const accounts = [...new Map(this.obtained.map(({ role: { account } }) => [account.key, account])).values()];
    const targets = [...wholesOf(resource), resource].flatMap((arn) => {
      const own = accountOf(arn);
      return (own ? [own] : accounts).map((account): Target => ({ arn, account, policies: [] }));
    });
    return this.requests.filter(({ only }) => only !== 'removes')
      .flatMap((change) => targets.flatMap((target) => this.changed(target, change)).slice(0, 1));
  }

  /** The credentials that may be about a request, by their own policies or by those of its target. */
  private askingFor(request: string, { policies }: Target): readonly Credentials[] {
    const known = this.asking.get(request)
      ?? this.obtained.filter(({ raise, role }) => raise !== undefined || candidateResources(role.policies, request).length > 0);
    this.asking.set(request, known);
    return mayBeGranted(policies, request) ? this.obtained : known;
  }

  private changed(target: Target, { request, then, only, isOfObjects }: PolicyChange): ChangedPolicies[] {
    const [whole, part = whole] = withParts(target.arn);
    const about = { ...target, arn: isOfObjects ? part : whole, ...target.tags && this.tags.of(target.arn) && { tags: undefined } };
    const needed = isOfObjects && target.disablesAcls ? [ENABLES_ACLS] : [];
    const credentials = this.askingFor(request, target).find((candidate) => mayChange(candidate, request, about)
      && needed.every((other) => this.askingFor(other, target).some((one) => mayChange(one, other, { ...target, arn: whole })))
      && (!then || this.obtained.some((one) => mayChange(one, then, deleted(target)))));
    if (!credentials) {
      return [];
    }
    const { account, policies, place } = target;
    const kept = only === 'adds' ? policiesAbout(this.action, policies) : [];
    return [changeBy(credentials, then ? `${request} and ${then}` : request, place?.logicalId ?? `${target.arn}`, { account, policies: kept, place }, only === 'removes')];
  }
}

/** Some policies, with one that the principal might set, unless it can only remove others. */
function changeBy(
  credentials: Credentials, request: string, name: string, { account, policies, place }: Pick<Target, 'account' | 'policies' | 'place'>, isRemoval = false,
): ChangedPolicies {
  const what = `the principal might give itself access to ${name}: ${holderName(credentials.role)} may request ${request}`;
  const added: Policy[] = isRemoval ? [] : [{ name: 'a policy that the principal might set', unknown: what }];
  return { side: { kind: 'policies', account, policies: [...policies, ...added] }, why: { what, place } };
}

/** Whether the policies of a resource may allow a request, found once for all credentials, and for all assignments of the conditions under which they are the same. */
const mayBeGranted = (policies: readonly Policy[], request: string): boolean =>
  granted.of([policies, request], () => policiesAbout(request, policies).some((policy) => policyMayAllow(policy, request)));

const granted = new Interned<boolean>();
