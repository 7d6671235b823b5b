import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';

/** Options of the function that applies Kubernetes objects to a cluster, and of the function of aws-cdk's provider framework that invokes it. */
export interface ObjectsFunctionOptions {
  /**
   * Subnets of the cluster's VPC in which the function runs, at most 16. They must reach the endpoint of the cluster.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   * @default - outside of the VPC if the endpoint accepts connections from the whole internet, or else the private subnets of the VPC
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * How long CloudWatch Logs keeps the logs of both functions.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Symmetric KMS key that encrypts the logs and the environment variables of both functions, in the region of the cluster. The role that
   * CloudFormation deploys with needs `kms:CreateGrant` and `kms:Encrypt` for it.
   *
   * The policy of a key that this app defines gets what CloudWatch Logs needs; that of an imported key must allow it already.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
   * @default - keys of AWS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Role of the function that applies objects: it must trust `lambda.amazonaws.com`. The cluster lets it in as an administrator.
   *
   * A role that this app defines gets the permissions that the function needs. An imported role must have them already: to write to
   * CloudWatch Logs, `eks:DescribeCluster` on the cluster, in a VPC those of `AWSLambdaVPCAccessExecutionRole`, and `kms:Decrypt` for
   * `encryptionKey`. The framework's function keeps a role of its own, which may only invoke the function and write logs.
   *
   * @default - a new role
   */
  readonly role?: iam.IRole;
}
