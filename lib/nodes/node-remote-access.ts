import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Options for SSH access to nodes. */
export interface NodeRemoteAccess {
  /** The EC2 key pair for SSH connections. */
  readonly keyPair: ec2.IKeyPair;

  /** The security groups that can connect to port 22 of the nodes. */
  readonly sourceSecurityGroups: ec2.ISecurityGroup[];
}
