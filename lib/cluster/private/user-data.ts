import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { al2023UserData } from './al2023-user-data';
import { bottlerocketUserData } from './bottlerocket-user-data';
import { ClusterFacts } from './cluster-facts';
import { checkWhole } from './sizes';
import { refusal } from '../../private/errors';
import { IrsaNodegroupOptions } from '../irsa-nodegroup-options';
import { NodeAmiFamily } from '../node-ami-family';
import { NodeBootOptions } from '../node-boot-options';

/** What user data is made from. */
export interface UserDataProps extends NodeBootOptions, Pick<IrsaNodegroupOptions, 'labels' | 'taints'> {
  /** Of the cluster, where the image is the caller's: Amazon EKS then adds nothing. */
  readonly cluster?: ClusterFacts;
  /** Whether the nodes can be entered by SSH. */
  readonly ssh: boolean;
  /** Whether they have devices of AWS Neuron. */
  readonly neuron: boolean;
}

/** Before it is encoded. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const MOST_BYTES = 16 * 1024;

/** What EKS's own configuration of a node is merged with, in the form of its family; undefined where nothing is to be said. */
export function userDataOf(family: NodeAmiFamily, props: UserDataProps): ec2.UserData | undefined {
  checkWhole('maxPods', props.maxPods, 1);
  const text = family === NodeAmiFamily.AL2023 ? al2023UserData(props) : bottlerocketUserData(props);
  const bytes = Buffer.byteLength(text ?? ''); // tokens in it count as what stands for them, which most exceed
  if (bytes > MOST_BYTES) {
    throw refusal('the size of the user data', bytes, `at most ${MOST_BYTES} bytes`, 'let a command fetch what is large, or bake it into an image');
  }
  return text === undefined ? undefined : ec2.UserData.custom(text);
}
