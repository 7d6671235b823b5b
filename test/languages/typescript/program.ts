// What the programs of the other languages define, in TypeScript: each must synthesize the templates of this one.
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  IKubernetesChart, IrsaCluster, policies, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole, verification,
} from '../../../lib';

class Settings implements IKubernetesChart {
  public toJson() {
    return [{ apiVersion: 'v1', data: { level: 'info' }, kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'reports' } }];
  }
}

class Reports extends Stack {
  public readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new s3.Bucket(this, 'Bucket');
    this.bucket = bucket;

    const cluster = new IrsaCluster(this, 'Cluster', { version: eks.KubernetesVersion.of('1.36'), nodegroups: [{}] });
    const reader = new ServiceAccountWithRole(this, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports' });
    bucket.grantRead(reader);

    new ServiceAccountWithRole(this, 'ClusterAutoscaler', { cluster, controllerPolicies: [new policies.ClusterAutoscalerPolicy()] });

    cluster.addKubernetesObjects('Settings', { charts: [new Settings()] });

    const prod = IrsaCluster.fromIrsaClusterAttributes(this, 'Prod', {
      clusterName: 'prod',
      issuerUrl: 'https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
    });
    const auditor = new ServiceAccountRole(this, 'Auditor', { cluster: prod, subjects: [ServiceAccountSubject.exact('reports', 'auditor')] });
    bucket.grantRead(auditor);
  }
}

const app = new App({ analyticsReporting: false }); // the metadata would name the language
const stack = new Reports(app, 'Reports');

const pod = verification.PodAccess.fromStack(stack).pod({ namespace: 'reports', serviceAccountName: 'reader', cluster: 'Reports/Cluster' });
const resource = stack.bucket.arnForObjects('*');
pod.assertAllowed('s3:GetObject', { resource });

let refusal = '';
try {
  pod.assertAllowed('s3:PutObject', { resource });
} catch (error) {
  refusal = (error as Error).message;
}
if (!refusal.includes('must be allowed s3:PutObject') || !refusal.includes('but are denied')) {
  throw new Error(`the assertion does not fail as expected: ${refusal || 'it passes'}`);
}

app.synth();
