import { AccountIndex } from './account-index';
import { AgentPermission, agentPermissionOf } from './agent-permission';
import { ClusterIssuer, issuersOf } from './cluster-issuers';
import { ResourceIndex } from './resource-index';
import { RoleIndex } from './role-index';
import { SameCluster } from './same-cluster';
import { AccessAssumptions } from '../../access-assumptions';
import { Association, Cluster, Model, ServiceAccount, Workload } from '../model/model';
import { Assignment } from '../resolution/assignment';
import { Resolver } from '../resolution/resolver';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** What was read from the templates under one assignment of their conditions. */
export interface Reading {
  readonly assignment: Assignment;
  readonly resolver: Resolver;
  readonly model: Model;
}

/** The model of the templates under one assignment of their conditions, with what is found in it often. */
export class AssignedModel {
  readonly assignment: Assignment;
  readonly model: Model;
  readonly roles: RoleIndex;
  readonly sameCluster: SameCluster;
  readonly resources: ResourceIndex;
  readonly accounts: AccountIndex<ServiceAccount>;
  readonly associations: AccountIndex<Association>;
  readonly workloads: AccountIndex<Workload>;
  private readonly issuers = new Map<Cluster, readonly ClusterIssuer[]>();
  private readonly agentPermissions = new Map<Cluster, AgentPermission>();

  constructor(readonly reading: Reading, private readonly assumptions: AccessAssumptions) {
    const { assignment, model } = reading;
    this.assignment = assignment;
    this.model = model;
    this.roles = new RoleIndex(model);
    this.sameCluster = new SameCluster(model.clusters);
    this.resources = new ResourceIndex(model.resources);
    this.accounts = new AccountIndex(model.serviceAccounts, this.sameCluster, (account) => ({ ...account, account: account.name }));
    this.associations = new AccountIndex(model.associations, this.sameCluster, (association) =>
      ({ ...association, account: association.serviceAccount }));
    this.workloads = new AccountIndex([...model.workloads, ...model.systemPods], this.sameCluster, (workload) =>
      ({ ...workload, account: workload.serviceAccountName }));
  }

  cluster(name: Text): Cluster | undefined {
    return this.model.clusters.find((cluster) => equal(cluster.name, name) === 'yes');
  }

  issuersOf(cluster: Cluster): readonly ClusterIssuer[] {
    const known = this.issuers.get(cluster) ?? issuersOf(cluster, this.model, this.assumptions.oidcProvidersExist ?? false);
    this.issuers.set(cluster, known);
    return known;
  }

  agentPermissionOf(cluster: Cluster): AgentPermission {
    const { model: { nodegroups }, roles, sameCluster, assumptions: { noOtherNodes = false } } = this;
    const known = this.agentPermissions.get(cluster) ?? agentPermissionOf(cluster, { nodegroups, roles, sameCluster }, noOtherNodes);
    this.agentPermissions.set(cluster, known);
    return known;
  }
}
