import '../without-validation';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, IPolicyValidationPluginBeta1, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import type * as cdkIrsa from '../../lib';

export interface Size {
  readonly accounts: number;
  /** @default - the accounts are in the stack of the cluster */
  readonly perStack?: number;
}

/** What the templates of an app hold. */
export interface Counts {
  readonly stacks: number;
  readonly resources: number;
  readonly customResources: number;
  readonly exports: number;
  readonly bytes: number;
}

/** Defines a cluster without nodes in a stack; returns what defines a service account of the cluster in a stack. */
export type Definition = (stack: Stack) => (stack: Stack, name: string) => unknown;

const version = eks.KubernetesVersion.of('1.36');

/** Such as in `lib/`, or as compiled. */
export function withCdkIrsa({ IrsaCluster, ServiceAccountWithRole }: typeof cdkIrsa): Definition {
  return (clusterStack) => {
    const cluster = new IrsaCluster(clusterStack, 'Cluster', { version });
    return (stack, name) => (stack === clusterStack
      ? cluster.addServiceAccountWithRole(name, { serviceAccountName: name })
      : new ServiceAccountWithRole(stack, name, { cluster, serviceAccountName: name }));
  };
}

export const withEksV2: Definition = (clusterStack) => {
  const cluster = new eks.Cluster(clusterStack, 'Cluster', {
    version,
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    kubectlProviderOptions: { kubectlLayer: kubectlLayer(clusterStack) },
  });
  return (stack, name) => (stack === clusterStack
    ? cluster.addServiceAccount(name, { name })
    : new eks.ServiceAccount(stack, name, { cluster, name }));
};

/** A stand-in for the layer of `@aws-cdk/lambda-layer-kubectl-v36`, for which a synthesis would also hash and copy an archive of 38 MB. */
function kubectlLayer(stack: Stack): lambda.LayerVersion {
  const layers = s3.Bucket.fromBucketName(stack, 'Layers', 'layers');
  return new lambda.LayerVersion(stack, 'KubectlLayer', { code: lambda.Code.fromBucket(layers, 'kubectl.zip') });
}

/** Synthesizes an app of this size, with the feature flags that `cdk init` sets, and with plugins. Returns what its templates hold. */
export function synthesize(definition: Definition, { accounts, perStack }: Size, policyValidationBeta1: IPolicyValidationPluginBeta1[] = []): Counts {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const app = new App({ outdir, policyValidationBeta1, context: { ...flags, '@aws-cdk/core:stackResourceLimit': 0 } });
    const clusterStack = new Stack(app, 'Cluster');
    const define = definition(clusterStack);
    for (let first = 0; first < accounts; first += perStack ?? accounts) {
      const stack = perStack ? new Stack(app, `Accounts${first}`) : clusterStack;
      for (let i = first; i < Math.min(first + (perStack ?? accounts), accounts); i++) {
        define(stack, `account-${i}`);
      }
    }
    const { stacks } = app.synth();
    return countsOf(stacks.map(({ templateFullPath }) => readFileSync(templateFullPath, 'utf8')));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function countsOf(templates: string[]): Counts {
  const parsed = templates.map((template) => JSON.parse(template));
  const types = parsed.flatMap(({ Resources }) => Object.values<{ Type: string }>(Resources)).map(({ Type }) => Type);
  return {
    stacks: templates.length,
    resources: types.length,
    customResources: types.filter((type) => /^(Custom::|AWS::CloudFormation::CustomResource$)/.test(type)).length,
    exports: parsed.flatMap(({ Outputs = {} }) => Object.values<object>(Outputs)).filter((output) => 'Export' in output).length,
    bytes: templates.reduce((sum, template) => sum + Buffer.byteLength(template), 0),
  };
}
