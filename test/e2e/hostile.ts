/** A stack that uses values from its parameters wherever a text is parsed later. The first `latin` values contain only characters that IAM accepts. */
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { ENV } from './assembly';
import { IrsaCluster, NodeAmiFamily, ServiceAccountRole, ServiceAccountWithRole } from '../../lib';

/** The number of statements that fit into the trust policy of one role. */
const STATEMENTS = 20;

export class Hostile extends Stack {
  constructor(scope: App, count: number, latin: number) {
    super(scope, 'Hostile', { env: ENV });
    const parameters = Array.from({ length: count }, (_, i) => [`P${i}`, new CfnParameter(this, `P${i}`).valueAsString]);
    const values = { Stored: ssm.StringParameter.valueForStringParameter(this, '/hostile'), ...Object.fromEntries(parameters) };
    const cluster = new IrsaCluster(this, 'Cluster', {
      clusterName: 'hostile',
      version: eks.KubernetesVersion.of('1.36'),
      vpc: new ec2.Vpc(this, 'Vpc', { natGateways: 1 }),
      nodegroups: [
        { nodegroupName: 'linux', kubelet: { kubeReserved: values }, preBootstrapCommands: ['printenv -0'], preBootstrapEnvironment: values },
        {
          nodegroupName: 'bottlerocket',
          amiFamily: NodeAmiFamily.BOTTLEROCKET,
          machineImage: ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-0123456789abcdef0' }), // Amazon EKS cannot read all of these values
          bottlerocketSettings: { kernel: { sysctl: values } },
        },
      ],
    });
    const { subject } = new ServiceAccountWithRole(this, 'Reader', { cluster, serviceAccountName: 'reader', annotations: { 'example.com/title': values.P0 } });
    const trusted = Object.entries<string>(values).slice(0, latin);
    for (let i = 0; i < trusted.length; i += STATEMENTS) {
      new ServiceAccountRole(this, `Role${i}`, { cluster, subjects: [subject] }).addTrustPolicyStatements(...trusted.slice(i, i + STATEMENTS).map(([sid, value]) =>
        new iam.PolicyStatement({
          sid,
          actions: ['sts:AssumeRole'],
          principals: [new iam.AccountPrincipal('210987654321')],
          conditions: { StringEquals: { 'sts:ExternalId': value } },
        })));
    }
    cluster.addKubernetesObjects('Config', { objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'values', namespace: 'default' }, data: values }] });
  }

  public get availabilityZones(): string[] {
    return ['us-west-2a', 'us-west-2b'];
  }
}
