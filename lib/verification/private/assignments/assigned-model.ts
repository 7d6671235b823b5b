import { AccountIndex, OfPods } from './account-index';
import { AgentPermission, agentPermissionOf } from './agent-permission';
import { ClusterIssuer, issuersOf } from './cluster-issuers';
import { ClusterNames } from './cluster-names';
import { GrantingResources } from './granting-resources';
import { ModelAssumptions } from './merged-assumptions';
import { Pods } from './principal';
import { ResourceIndex } from './resource-index';
import { isInTemplates, RoleIndex } from './role-index';
import { ServicesScope } from '../findings/gap';
import { Association, Cluster, Model, ServiceAccount, Workload } from '../model/model';
import { Assignment } from '../resolution/assignment';
import { Resolver } from '../resolution/resolver';
import { ClusterId } from '../values/cluster-id';
import { Interned } from '../values/interned';

/** What was read from the templates under one assignment of their conditions. */
export interface Reading {
  readonly assignment: Assignment;
  readonly resolver: Resolver;
  readonly model: Model;
}

const accounts = new Interned<AccountIndex<ServiceAccount>>();
const associated = new Interned<AccountIndex<Association>>();
const running = new Interned<AccountIndex<Workload>>();

/** The model of the templates under one assignment of their conditions, with what is found in it often. */
export class AssignedModel {
  readonly assignment: Assignment;
  readonly model: Model;
  readonly clusterNames: ClusterNames;
  readonly accounts: AccountIndex<ServiceAccount>;
  private readonly ofCharts: AccountIndex<ServiceAccount>;
  readonly associations: AccountIndex<Association>;
  readonly workloads: AccountIndex<Workload>;
  private indexOfRoles?: RoleIndex;
  private readonly issuers = new Map<Cluster, readonly ClusterIssuer[]>();
  private readonly agentPermissions = new Map<Cluster, AgentPermission>();

  private readonly withOpened = new Map<string, AssignedModel>();

  /**
   * @param opened what something that is not read might allow everyone.
   * @param granting the resources that grant something, if they are known.
   */
  constructor(
    readonly reading: Reading, private readonly assumptions: ModelAssumptions, private readonly opened?: ServicesScope,
    private readonly granting?: GrantingResources,
  ) {
    const { assignment, model } = reading;
    this.assignment = assignment;
    this.model = model;
    this.clusterNames = new ClusterNames(model.clusters);
    const { associations, workloads, systemPods } = model;
    [this.accounts, this.ofCharts] = [model.serviceAccounts, model.accountsOfCharts].map((all) =>
      accounts.of([all], () => new AccountIndex(all, (account) => ({ ...account, account: account.name }))));
    this.associations = associated.of([associations], () =>
      new AccountIndex(associations, (association) => ({ ...association, account: association.serviceAccount })));
    this.workloads = running.of([workloads, systemPods], () =>
      new AccountIndex([...workloads, ...systemPods], (workload) => ({ ...workload, account: workload.serviceAccountName })));
  }

  get roles(): RoleIndex {
    this.indexOfRoles ??= new RoleIndex(this.model, this.opened, this.assumptions.changesNothing, this.granting);
    return this.indexOfRoles;
  }

  /** The same, if something that is not read changes policies of resources so that they might allow everyone what they are about. */
  whereOpened(scope: ServicesScope): AssignedModel {
    const key = JSON.stringify([scope.services, scope.resources?.map((resource) => resource.key)]);
    const known = this.withOpened.get(key) ?? new AssignedModel(this.reading, this.assumptions, scope);
    this.withOpened.set(key, known);
    return known;
  }

  /** The same with another model, in which the same resources grant something. */
  withModel(model: Model): AssignedModel {
    return new AssignedModel({ ...this.reading, model }, this.assumptions, this.opened, this.roles.granting);
  }

  /**
   * The accounts that charts may create for pods. One without a name can be any, except those that the templates and Kubernetes itself create. It matters only for roles
   * outside the templates: the trust policies of others tell for whom they are.
   */
  accountsInCharts(pods: Pods): ReadonlyArray<OfPods<ServiceAccount>> {
    const found = this.ofCharts.of(pods);
    const { key, literal } = pods.serviceAccountName;
    const isOther = literal === undefined || literal === 'default' || (found.length > 0 && this.accounts.of(pods).some(({ isOwn }) => isOwn === 'yes'));
    const mayBe = ({ name, roleArn }: ServiceAccount) => name.key === key || (!isOther && !isInTemplates(this.roles.withArn(roleArn!)));
    return found.filter(({ thing }) => !thing.isNotNamed || mayBe(thing));
  }

  get resources(): ResourceIndex {
    return this.roles.resources;
  }

  cluster(id: ClusterId): Cluster | undefined {
    return this.model.clusters.find((cluster) => cluster.id.is(id) === 'yes');
  }

  /** Why a cluster may have nodes that the templates do not show; undefined if it has none, or is assumed to have none. */
  otherNodesOf(id: ClusterId): string | undefined {
    return this.assumptions.noOtherNodes ? undefined : this.cluster(id)?.otherNodes;
  }

  issuersOf(cluster: Cluster): readonly ClusterIssuer[] {
    const known = this.issuers.get(cluster) ?? issuersOf(cluster, this.model, this.assumptions.oidcProvidersExist ?? false);
    this.issuers.set(cluster, known);
    return known;
  }

  agentPermissionOf(cluster: Cluster): AgentPermission {
    const { model: { nodegroups }, roles, assumptions: { noOtherNodes = false } } = this;
    const known = this.agentPermissions.get(cluster) ?? agentPermissionOf(cluster, { nodegroups, roles }, noOtherNodes);
    this.agentPermissions.set(cluster, known);
    return known;
  }
}
