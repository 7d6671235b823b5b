import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';

/**
 * Options for the Lambda function that applies Kubernetes objects in a cluster. Some also apply to the AWS CDK provider framework function,
 * which invokes it.
 */
export interface ObjectsFunctionOptions {
  /**
   * The private or isolated subnets of the cluster's VPC in which the function runs: 1 to 16. The function must be able to reach the API
   * server from these subnets. To reach a public endpoint, it needs a NAT gateway.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   * @default - outside the VPC if the API server accepts connections from the whole internet; otherwise the private and isolated subnets
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * How long CloudWatch Logs retains the logs of both functions.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * The symmetric KMS key that encrypts the logs and the environment variables of both functions. It must be in the region of the cluster.
   * The role that CloudFormation uses for the deployment requires `kms:CreateGrant` and `kms:Encrypt` on the key.
   *
   * If this app defines the key, a statement for CloudWatch Logs is added to its key policy. The key policy of an imported key must already
   * have such a statement.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
   * @default - the keys that CloudWatch Logs and AWS Lambda use by default
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The role of the function that applies objects. It must trust `lambda.amazonaws.com`. It gets the access to the cluster that
   * `objectsAccess` specifies: by default, it becomes an administrator.
   *
   * The permissions that the function requires are added to the role as an inline policy. A role that is imported with `mutable: false` must
   * already have them: `eks:DescribeCluster` on the cluster, `logs:CreateLogStream` and `logs:PutLogEvents` on the log group, `kms:Decrypt`
   * on `encryptionKey` if it is set, and, in a VPC, the permissions of the managed policy `AWSLambdaVPCAccessExecutionRole`. The provider
   * framework function has its own role, which can only invoke this function, write logs and decrypt with `encryptionKey`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
   * @default - a new role
   */
  readonly role?: iam.IRole;
}
