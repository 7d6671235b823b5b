import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ClusterFacts } from './cluster-facts';
import { NodeBootOptions } from '../node-boot-options';

/** What user data is made from. */
export interface UserDataProps extends NodeBootOptions {
  readonly labels?: { [key: string]: string };
  readonly taints?: eks.TaintSpec[];
  /** Of the cluster, where the image is the caller's: Amazon EKS then adds nothing. */
  readonly cluster?: ClusterFacts;
  /** Whether the nodes can be entered by SSH. */
  readonly ssh: boolean;
  /** Whether they have devices of AWS Neuron. */
  readonly neuron: boolean;
}
