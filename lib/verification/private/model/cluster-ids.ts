import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** The resources that create clusters: those of CloudFormation, and the custom resource of aws-eks in aws-cdk. */
export const CLUSTER_TYPES = ['AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster'];

/** The IDs of the clusters that the templates create or name, each once. */
export class ClusterIds {
  private readonly ids: Map<string, ClusterId>;

  /** @param created those that the templates create. */
  constructor(created: readonly ClusterId[]) {
    this.ids = new Map(created.map((id) => [id.key, id]));
  }

  of(name: Text, account: Text, region: Text): ClusterId {
    const named = new ClusterId(name, account, region, false);
    const known = this.ids.get(named.key) ?? named;
    this.ids.set(named.key, known);
    return known;
  }
}
