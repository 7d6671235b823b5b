import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** SSH access to nodes. */
export interface NodeRemoteAccess {
  /** The key pair for SSH connections. */
  readonly keyPair: ec2.IKeyPair;

  /** The security groups that can connect to port 22. */
  readonly sourceSecurityGroups: ec2.ISecurityGroup[];
}
