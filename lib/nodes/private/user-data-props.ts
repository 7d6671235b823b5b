import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ClusterFacts } from './cluster-facts';
import { NodeBootOptions } from '../node-boot-options';

/** Properties of the user data. */
export interface UserDataProps extends NodeBootOptions {
  readonly labels?: { [key: string]: string };
  readonly taints?: eks.TaintSpec[];
  /** The facts about the cluster, with a custom image, because Amazon EKS then adds nothing to the user data. */
  readonly cluster?: ClusterFacts;
  /** Whether SSH access to the nodes is enabled. */
  readonly ssh: boolean;
  /** Whether the nodes have AWS Neuron devices. */
  readonly neuron: boolean;
}
