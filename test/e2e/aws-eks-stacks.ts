import { Stack } from 'aws-cdk-lib';
import * as v1 from 'aws-cdk-lib/aws-eks';
import * as v2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { kubectlArchive } from './kubectl-layer';

export const CONFIG = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'default' } };

const kubectlLayer = (stack: Stack) => new lambda.LayerVersion(stack, 'Kubectl', { code: lambda.Code.fromAsset(kubectlArchive()) });

export interface Options {
  /** In the object that the stack applies. */
  readonly value: string;
  /** @default - CONFIG_MAP */
  readonly mode?: v1.AuthenticationMode;
}

/** A stack that knows the zones of its region, so that the CDK CLI does not look them up and store them in the folder of this repository. */
export class ZonedStack extends Stack {
  public get availabilityZones(): string[] {
    return ['us-west-2a', 'us-west-2b'];
  }
}

export function usesV1(stack: Stack, { value, mode }: Options): void {
  const cluster = v1Cluster(stack, mode);
  const account = cluster.addServiceAccount('Reader', { name: 'reader' });
  account.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
  cluster.addManifest('Config', { ...CONFIG, data: { key: value } });
  cluster.awsAuth.addRoleMapping(iam.Role.fromRoleArn(stack, 'Mapped', 'arn:aws:iam::123456789012:role/mapped'), { groups: ['readers'] });
}

export const v1Cluster = (stack: Stack, authenticationMode?: v1.AuthenticationMode) => new v1.Cluster(stack, 'Cluster', {
  version: v1.KubernetesVersion.V1_34,
  clusterName: stack.stackName,
  kubectlLayer: kubectlLayer(stack),
  defaultCapacity: 0,
  authenticationMode,
});

export const v2Cluster = (stack: Stack) => new v2.Cluster(stack, 'Cluster', {
  version: v2.KubernetesVersion.V1_34,
  clusterName: stack.stackName,
  kubectlProviderOptions: { kubectlLayer: kubectlLayer(stack) },
  defaultCapacityType: v2.DefaultCapacityType.NODEGROUP,
  defaultCapacity: 0,
});
