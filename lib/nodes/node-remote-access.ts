import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Who may enter nodes by SSH. Session Manager needs none of it. */
export interface NodeRemoteAccess {
  /** The key pair whose private key opens the nodes. */
  readonly keyPair: ec2.IKeyPair;

  /** From where port 22 is reachable: from what is in these security groups. */
  readonly sourceSecurityGroups: ec2.ISecurityGroup[];
}
