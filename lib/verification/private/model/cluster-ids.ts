import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** The resources that create clusters: those of CloudFormation, and the custom resource of aws-eks in aws-cdk. */
export const CLUSTER_TYPES = ['AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster'];

/** The IDs of the clusters that the templates create or name, each once. */
export class ClusterIds {
  private ids?: Map<string, ClusterId>;

  /** @param findCreated finds those that the templates create. They are values of the templates, too, so that they are not read before they are needed. */
  constructor(private readonly findCreated: () => readonly ClusterId[]) {}

  of(name: Text, account: Text, region: Text): ClusterId {
    this.ids ??= new Map(this.findCreated().map((id) => [id.key, id]));
    const named = new ClusterId(name, account, region, false);
    const known = this.ids.get(named.key) ?? named;
    this.ids.set(named.key, known);
    return known;
  }
}
