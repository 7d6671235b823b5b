// Deploys IrsaTestStack to an AWS account, checks that its Job has listed the buckets, and destroys everything:
// npm run integ -- --force. Without --force, only the templates are compared, and no account is needed.
import { join } from 'node:path';
import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { IrsaTestStack } from '../bin/irsa-test-stack';
import { context } from '../cdk.json';
import { ServiceAccountWithRole } from '../lib';

/** A function that reads the status of a Job from Kubernetes with view permissions only, because no AWS API returns it. */
class JobStatusStack extends Stack {
  public readonly reader: lambda.Function;

  constructor(scope: App, id: string, props: StackProps & { cluster: eks.ICluster }) {
    super(scope, id, props);
    const { cluster } = props;
    this.reader = new NodejsFunction(this, 'Reader', {
      entry: join(__dirname, 'integ', 'job-status.ts'),
      runtime: lambda.Runtime.NODEJS_24_X,
      timeout: Duration.seconds(30),
      bundling: { externalModules: [], mainFields: ['module', 'main'] },
      environment: {
        CLUSTER_NAME: cluster.clusterName,
        CLUSTER_ENDPOINT: cluster.clusterEndpoint,
        CLUSTER_CERTIFICATE_AUTHORITY: cluster.clusterCertificateAuthorityData,
        STS_HOST: `sts.${this.region}.${this.urlSuffix}`,
      },
    });
    new eks.AccessEntry(this, 'View', {
      cluster,
      principal: this.reader.role!.roleArn,
      accessPolicies: [eks.AccessPolicy.fromAccessPolicyName('AmazonEKSViewPolicy', {
        accessScopeType: eks.AccessScopeType.NAMESPACE, namespaces: ['default'],
      })],
    });
  }
}

const env = { region: 'us-west-2' };
// with the feature flags of the deployed app instead of those of integ-runner
const app = new App({ postCliContext: context, treeMetadata: false });
const stack = new IrsaTestStack(app, 'IrsaTestStack', { env });
const { cluster } = stack;
const { reader } = new JobStatusStack(app, 'JobStatusStack', { env, cluster: cluster.eksCluster });

const { assertions } = new IntegTest(app, 'IrsaTest', {
  testCases: [stack, Stack.of(reader)],
  assertionStack: new Stack(app, 'AssertionStack', { env }),
  regions: [env.region],
  stackUpdateWorkflow: false, // the update workflow would deploy the committed snapshot first, which would need committed assets
});

assertions.awsApiCall('EKS', 'describeCluster', { name: cluster.clusterName })
  .expect(ExpectedResult.objectLike({ cluster: { status: 'ACTIVE' } }));

const [{ eksNodegroup: nodegroup }] = cluster.nodegroups;
assertions.awsApiCall('EKS', 'describeNodegroup', { clusterName: cluster.clusterName, nodegroupName: nodegroup.nodegroupName })
  .expect(ExpectedResult.objectLike({ nodegroup: { status: 'ACTIVE', health: { issues: [] } } }));

assertions.awsApiCall('IAM', 'getOpenIDConnectProvider', { OpenIDConnectProviderArn: cluster.openIdConnectProviderArn })
  .expect(ExpectedResult.objectLike({ ClientIDList: ['sts.amazonaws.com'] }));

const { role } = stack.node.findChild('S3Reader') as ServiceAccountWithRole;
assertions.awsApiCall('IAM', 'listAttachedRolePolicies', { RoleName: role.roleName })
  .expect(ExpectedResult.objectLike({ AttachedPolicies: [{ PolicyName: 'AmazonS3ReadOnlyAccess' }] }));

// the Job succeeds only if its pod is allowed to list the buckets
assertions.invokeFunction({ functionName: reader.functionName, payload: JSON.stringify({ namespace: 'default', name: 's3-listonly' }) })
  .expect(ExpectedResult.objectLike({ Payload: Match.serializedJson(Match.objectLike({ succeeded: 1 })) }))
  .waitForAssertions({ totalTimeout: Duration.minutes(10), interval: Duration.seconds(15) });
