import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { ClusterAutoscalerChart } from './cluster-autoscaler-chart';
import { IrsaCluster, policies, ServiceAccountWithRole } from '../lib';

/** Properties of the stack. */
export interface ClusterAutoscalerStackProps extends StackProps {
  /** ARN of an IAM role or user that becomes an administrator of the cluster. @default - only the role that CloudFormation deploys with */
  readonly adminPrincipalArn?: string;
}

/** A cluster whose nodegroup grows from 3 to 6 nodes as its pods need them: the next step of the walk-through, and a stack to copy. */
export class ClusterAutoscalerStack extends Stack {
  public readonly cluster: IrsaCluster;

  constructor(scope: Construct, id: string, props: ClusterAutoscalerStackProps = {}) {
    super(scope, id, props);

    const cluster = this.cluster = new IrsaCluster(this, 'Cluster', {
      clusterName: 'autoscaler-test',
      version: eks.KubernetesVersion.of('1.36'),
      vpc: new ec2.Vpc(this, 'Vpc', { natGateways: 1 }),
      nodegroups: [{
        nodegroupName: 'nodegroup',
        instanceTypes: [new ec2.InstanceType('t3.medium')],
        minSize: 3,
        maxSize: 6,
      }],
    });

    if (props.adminPrincipalArn) {
      cluster.eksCluster.grantClusterAdmin('Admin', props.adminPrincipalArn);
    }

    const autoscaler = new ServiceAccountWithRole(this, 'ClusterAutoscaler', {
      cluster,
      controllerPolicies: [new policies.ClusterAutoscalerPolicy()],
    });

    const deployment = cluster.addKubernetesObjects('Deployment', {
      charts: [new ClusterAutoscalerChart({ account: autoscaler, clusterName: cluster.clusterName, region: this.region })],
    });
    deployment.node.addDependency(autoscaler);

    new CfnOutput(this, 'AutoscalerRoleArn', { value: autoscaler.roleArn });
    new CfnOutput(this, 'UpdateKubeconfig', { value: `aws eks update-kubeconfig --name ${cluster.clusterName} --region ${this.region}` });
    new CfnOutput(this, 'ShowLog', { value: 'kubectl logs -n kube-system deployment/cluster-autoscaler' });
  }

  /** Fixed, so that the template is the same for every account and no lookup needs credentials. In your own stack, omit it and set `env`. */
  public get availabilityZones(): string[] {
    return ['us-west-2a', 'us-west-2b', 'us-west-2c'];
  }
}
