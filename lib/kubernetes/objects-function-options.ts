import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';

/** Options of the function that applies Kubernetes objects to a cluster, and of the function of aws-cdk's provider framework that invokes it. */
export interface ObjectsFunctionOptions {
  /**
   * Private or isolated subnets of the cluster's VPC in which the function runs: 1 to 16. From them it must reach the endpoint of the
   * cluster: a public endpoint through a NAT gateway.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   * @default - outside of the VPC if the endpoint accepts connections from the whole internet, or else the private and isolated subnets
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * How long CloudWatch Logs keeps the logs of both functions.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Symmetric KMS key, in the region of the cluster, that encrypts the logs and the environment variables of both functions. The role that
   * CloudFormation deploys with needs `kms:CreateGrant` and `kms:Encrypt` on it.
   *
   * The policy of a key that this app defines gets a statement for CloudWatch Logs. The policy of an imported key must have one already.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
   * @default - the keys that CloudWatch Logs and AWS Lambda use by themselves
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Role of the function that applies objects. It must trust `lambda.amazonaws.com`. The cluster accepts it as an administrator.
   *
   * The role gets an inline policy with what the function needs. One that is imported with `mutable: false` cannot get it, and must have these
   * permissions already: `eks:DescribeCluster` on the cluster, `logs:CreateLogStream` and `logs:PutLogEvents` on the log group, `kms:Decrypt`
   * with `encryptionKey`, and in a VPC those of the managed policy `AWSLambdaVPCAccessExecutionRole`. The framework's function keeps a role of
   * its own, which may only invoke the other function and write logs.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
   * @default - a new role
   */
  readonly role?: iam.IRole;
}
