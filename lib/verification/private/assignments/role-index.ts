import { CERTIFICATES, COGNITO, federatedElsewhere, FederatedRole, federatedRoles, requestsOfKinds, USER_POOLS } from './federated-roles';
import { GrantingResources } from './granting-resources';
import { keysMadeIn } from './made-keys';
import { OpenRole, openRoles } from './open-trust';
import { ProgramIndex } from './program-index';
import { ResourceIndex } from './resource-index';
import { sharedVolumes } from './shared-volumes';
import { literalSubjects } from './trust-principals';
import { UnreadGrants } from './unread-grants';
import { AccessPlace } from '../../access-reason';
import { accountOf } from '../evaluation/resource-policies';
import { userArn } from '../evaluation/user-arn';
import { ServicesScope, stackOf } from '../findings/gap';
import { HeldIdentity, IdentityPool, KeyCopy, UnknownKey, UserKey } from '../model/identities';
import { JobService } from '../model/job-service';
import { Model, PodVolume, Role } from '../model/model';
import { Program } from '../model/program';
import { namesPool } from '../model/roles/user-pools';
import { TakenValue } from '../model/taken-value';
import { mayAdmitEveryone, mayTrustRoles } from '../policies/may-trust';
import { addTo } from '../values/add-to';
import { Interned, sameList } from '../values/interned';
import { mayBeEqual } from '../values/may-be-equal';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { derived, isGenerated } from '../values/text-parts';

/** A role outside the templates that something of these has. */
export interface RoleElsewhere {
  readonly role: Role;
  /** The service that acts with it, if that is known. */
  readonly service?: string;
  /** The requests about what has it. */
  readonly requests?: readonly string[];
}

/** The roles of the templates, by what leads to them, so that the work to look at all pods grows with their number, and not with its square. */
export class RoleIndex {
  readonly all: readonly Role[];
  /** Their ARNs: one list for all assignments of the conditions under which they are the same. */
  readonly arns: readonly Text[];
  /** Roles that a role session could assume. */
  readonly trustingRoles: readonly Role[];
  /** Roles that trust identities which requests can give. */
  readonly federated: readonly FederatedRole[];
  /** Those that trust IAM Roles Anywhere. */
  readonly trustingCertificates: readonly FederatedRole[];
  /** Those that trust identities of Amazon Cognito. */
  readonly trustingCognito: readonly FederatedRole[];
  /** The requests that give identities of their providers. */
  readonly federatedRequests: readonly string[];
  /** Those that trust a user pool of Amazon Cognito, in which anyone might sign up. */
  readonly trustingSignUp: readonly FederatedRole[];
  /** Those that anyone might get with an account of their own. */
  readonly open: readonly OpenRole[];
  readonly identityPools: readonly IdentityPool[];
  readonly userKeys: readonly UserKey[];
  readonly unknownKeys: readonly UnknownKey[];
  readonly storedCertificates: readonly KeyCopy[];
  /** The requests that lead to these. */
  readonly readsOfUnknownKeys: readonly string[];
  readonly heldIdentities: readonly HeldIdentity[];
  /** Those whose own policies allow actions to roles. */
  readonly granting: GrantingResources;
  /** What might allow actions to roles, and is not read. */
  readonly unread: UnreadGrants;
  /** What runs code with these roles. */
  readonly programs: ProgramIndex;
  /** What runs pods in clusters because of requests. */
  readonly jobServices: readonly JobService[];
  readonly takenValues: readonly TakenValue[];
  /** The requests that change these, or the code that decides about them. */
  readonly changesOfTaken: readonly string[];
  /** The ARNs of the stacks of the templates. */
  readonly stacks: readonly Text[];
  /** The buckets from which they are deployed. */
  readonly assets: readonly Text[];
  private readonly stacksById: Model['stacks'];
  private readonly users: readonly Role[];
  private readonly usersByKey: ReadonlyMap<string, Role>;
  private readonly byKey: ReadonlyMap<string, Role>;
  private readonly bySubject = new Map<string, Role[]>();
  private readonly others: Role[] = [];
  private readonly ofInstances: ReadonlySet<Role>;
  #admitEveryone?: boolean;
  #resources?: ResourceIndex;
  #sharedVolumes?: readonly PodVolume[];
  #elsewhere?: readonly RoleElsewhere[];
  #ofHosts?: readonly Role[];

  /**
   * @param opened what something that is not read might allow everyone.
   * @param changesNothing what a user has stated to change nothing, such as requests.
   */
  constructor(
    private readonly model: Model, readonly opened?: ServicesScope, readonly changesNothing: readonly string[] = [], granting?: GrantingResources,
  ) {
    const { roles, programs, users, userKeys, unknownKeys, heldIdentities, identityPools, poolsWithoutSignUp } = model;
    const { nodegroups, otherInstances, stacks, assets, takenValues, givenRoles } = model;
    this.all = roles;
    this.arns = sameList(roles.map(({ arn }) => arn));
    this.users = users.filter(({ isElsewhere }) => !isElsewhere);
    this.usersByKey = new Map(this.users.map((user) => [user.arn.key, user]));
    this.stacks = [...stacks.values()].flat();
    this.stacksById = stacks;
    this.assets = assets;
    this.granting = granting ?? GrantingResources.of(model.resources, this.arns);
    const unread = sameList(model.unreadPolicies);
    this.unread = unreadGrants.of([unread], () => new UnreadGrants(unread));
    this.userKeys = sameList([...userKeys, ...keysMadeIn(model, this.granting)]);
    this.unknownKeys = unknownKeys;
    this.storedCertificates = model.storedCertificates;
    this.readsOfUnknownKeys = [...new Set(unknownKeys.flatMap(({ reads = [] }) => reads.map(({ action }) => action)))];
    this.heldIdentities = heldIdentities;
    this.identityPools = identityPools;
    this.byKey = new Map([...roles, ...model.podVolumes.map(({ role }) => role)].map((role) => [role.arn.key, role]));
    const given = givenRoles.map((one) => ({ one, role: this.withArn(one.roleArn) })).filter(({ role }) => !isInTemplates(role));
    this.federated = [...federatedRoles(roles), ...given.flatMap(({ one, role }) => federatedElsewhere(role, one))];
    this.trustingCertificates = this.federated.filter(({ kind }) => CERTIFICATES.includes(kind));
    this.trustingCognito = this.federated.filter(({ kind }) => kind === COGNITO);
    this.trustingSignUp = this.federated.filter(({ kind }) => kind === USER_POOLS)
      .filter(({ provider }) => !poolsWithoutSignUp.some((ref) => namesPool(provider, { ref })));
    this.open = openRoles(roles);
    this.federatedRequests = requestsOfKinds(this.federated);
    const isSettled = ({ shownBy }: Program) => shownBy?.every((place) => changesNothing.includes(place)) ?? false;
    this.programs = ProgramIndex.of(programs.some(isSettled) ? sameList(programs.filter((one) => !isSettled(one))) : programs, model);
    this.jobServices = model.jobServices;
    this.takenValues = takenValues;
    this.changesOfTaken = changesOf.of([takenValues, this.programs], () => changesOfValues(takenValues, this.programs));
    this.trustingRoles = sameList(roles.filter(({ trustPolicy }) => mayTrustRoles(trustPolicy)));
    this.ofInstances = new Set([...nodegroups.map(({ roleArn }) => roleArn), ...otherInstances].map((arn) => this.withArn(arn)));
    for (const role of roles) {
      const subjects = literalSubjects(role.trustPolicy);
      subjects?.forEach((subject) => addTo(this.bySubject, subject, role));
      if (!subjects) {
        this.others.push(role);
      }
    }
  }

  get resources(): ResourceIndex {
    this.#resources ??= new ResourceIndex(this.model.resources);
    return this.#resources;
  }

  /** The volumes of pods with files that something else may run. */
  get sharedVolumes(): readonly PodVolume[] {
    this.#sharedVolumes ??= sharedVolumes(this.model);
    return this.#sharedVolumes;
  }

  /** Those that all instances may have, besides those of their instance profiles. */
  get ofHosts(): readonly Role[] {
    this.#ofHosts ??= this.model.rolesOfHosts.map((arn) => this.withArn(arn));
    return this.#ofHosts;
  }

  get elsewhere(): readonly RoleElsewhere[] {
    const { nodegroups, otherInstances, deployers } = this.model;
    const of = (arns: readonly Text[], service?: string) => arns.map((arn) => ({ role: this.withArn(arn), service }));
    this.#elsewhere ??= [
      ...of([...nodegroups.map(({ roleArn }) => roleArn), ...otherInstances], 'ec2'), ...of(deployers, 'cloudformation'),
      ...this.programs.all.flatMap(({ roleArn, startedBy, takeovers }) =>
        (roleArn ? [{ role: this.withArn(roleArn), requests: [...startedBy, ...takeovers.map(({ action }) => action)] }] : [])),
    ].filter(({ role }) => !isInTemplates(role));
    return this.#elsewhere;
  }

  /** Roles that could trust tokens of a subject. */
  thatMayTrust(subject: Text): readonly Role[] {
    return subject.literal === undefined ? this.all : [...new Set([...this.bySubject.get(subject.literal) ?? [], ...this.others])];
  }

  /** Whether a policy of a resource or a role allows something to everyone, and so also to roles that no policy names. */
  get admitEveryone(): boolean {
    this.#admitEveryone ??= this.trustingRoles.some(({ trustPolicy }) => mayAdmitEveryone(trustPolicy, 'trust'))
      || this.resources.all.some(({ policies }) => policies.some((policy) => mayAdmitEveryone(policy, 'resource')));
    return this.#admitEveryone;
  }

  /** The role with an ARN. Of one that is not in the templates, no policy is known. */
  withArn(arn: Text): Role {
    return this.byKey.get(arn.key) ?? this.all.find((role) => equal(role.arn, arn) === 'yes') ?? outside(arn);
  }

  /** The stacks with which what is at a place is deleted. */
  stacksOf(place: AccessPlace): readonly Text[] {
    return this.stacksById.get(stackOf(place)) ?? [];
  }

  /** Whether instances have the role, so that whoever has credentials of it may be on one. */
  isOfInstances(role: Role): boolean {
    return [...this.ofInstances].some((one) => mayBeSame(role, one));
  }

  /** The user of the templates with an ARN, who is like a role. Of another one, no policy is known. */
  user(arn: Text): Role {
    return this.usersByKey.get(arn.key) ?? this.users.find((user) => equal(user.arn, arn) === 'yes') ?? outside(arn, 'user');
  }

  /** The role or the user with an ARN. */
  holder(arn: Text): Role {
    return userArn(arn) ? this.user(arn) : this.withArn(arn);
  }

  /** Whether it is the ARN of a role, a user or a group that the templates create. */
  hasArn(arn: Text): boolean {
    return isInTemplates(this.withArn(arn)) || isInTemplates(this.user(arn));
  }
}

const unreadGrants = new Interned<UnreadGrants>();

const changesOf = new Interned<readonly string[]>();

const changesOfValues = (values: readonly TakenValue[], { takeovers, writes }: ProgramIndex): string[] => [...new Set([
  ...values.flatMap((value) => value.writes.map(({ action }) => action)),
  ...(values.some(({ functions }) => functions.length > 0) ? [...takeovers, ...writes] : []),
])];

/** Whether a role is another one, which may also be outside the templates, where it has the generated name of the role literally. */
export const mayBeSame = ({ arn }: Role, other: Role): boolean => arn.key === other.arn.key || (isGenerated(arn) && mayBeEqual(arn, other.arn));

/** A role or a user of which only the ARN is known. */
export function outside(arn: Text, noun: 'role' | 'user' = 'role'): Role {
  const label = arn.toString();
  const unknown = (what: string) => ({ name: `the ${what} of ${noun} ${label}`, unknown: `${noun} ${label} is not in the templates` });
  return {
    noun,
    label,
    arn,
    account: accountIn(arn),
    trustPolicy: unknown('trust policy'),
    policies: [unknown('policies')],
    tags: new Map(),
    place: { template: '', logicalId: '' },
  };
}

/** The account in an ARN, of which the rest may be unknown. If the account itself is, it may be any. */
const accountIn = (arn: Text): Text => accountOf(arn) ?? derived(arn, 'account');

export const isInTemplates = ({ place }: Role): boolean => place.template !== '';
