import { CfnResource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkAttributes } from './cluster-attributes';
import { partsOfClusterArn } from '../../private/cluster-arn';
import { clusterResourceOf, hasUnrestrictedEndpoint } from '../../private/cluster-resource';
import { refusalWithoutValue } from '../../private/errors';
import { checkType } from '../../private/props/check-props';
import { IrsaClusterAttributes } from '../existing-cluster-options';

/** What an app knows of a cluster that `IrsaCluster` does not define. */
export interface ClusterFacts {
  /** The method that the app called, and how it can state what is not known. */
  readonly source: string;
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly clusterEndpoint?: string;
  readonly clusterCertificateAuthorityData?: string;
  readonly vpc?: ec2.IVpc;
  readonly clusterSecurityGroup?: ec2.ISecurityGroup;
  readonly hasUnrestrictedEndpoint: boolean;
  /** Of a cluster that this app defines. */
  readonly resource?: CfnResource;
  /** Known without a literal in the app. */
  readonly issuerUrl?: string;
  /** Known to the construct of the cluster. */
  readonly openIdConnectProvider?: iam.IOpenIdConnectProvider;
  /** Of a cluster of aws-eks that this app defines and that has no access entries. */
  readonly withoutAccessEntries?: eksv1.Cluster;
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html for the form of the ARN */
export function factsOfAttributes(scope: Construct, attributes: IrsaClusterAttributes): ClusterFacts {
  checkAttributes(attributes);
  const { clusterName, clusterEndpoint, clusterCertificateAuthorityData, vpc, clusterSecurityGroup } = attributes;
  const { clusterArn = Stack.of(scope).formatArn({ service: 'eks', resource: 'cluster', resourceName: clusterName }) } = attributes;
  return {
    source: 'IrsaCluster.fromIrsaClusterAttributes',
    clusterName,
    clusterArn,
    clusterEndpoint,
    clusterCertificateAuthorityData,
    vpc,
    clusterSecurityGroup,
    hasUnrestrictedEndpoint: vpc === undefined,
    ...definedBy(clusterResourceOf(scope, clusterName) ?? clusterResourceOf(scope, attributes.issuerUrl ?? '')),
  };
}

/** A cluster of this app that is stated by its attributes is checked like one that is passed as a construct. */
const definedBy = (resource: CfnResource | undefined) => ({ resource, issuerUrl: resource?.getAtt('OpenIdConnectIssuerUrl').toString() });

export function factsOfEksCluster(self: Construct, cluster: eks.ICluster): ClusterFacts {
  checkType('cluster', 'aws-cdk-lib.aws_eks_v2.ICluster', cluster);
  checkModule(self, cluster, 'AWS::EKS::Cluster', 'a cluster of aws-eks-v2', 'IrsaCluster.fromEksV1Cluster');
  return { ...factsOf(cluster), source: 'eks.Cluster.fromClusterAttributes of aws-eks-v2' };
}

export function factsOfEksV1Cluster(self: Construct, cluster: eksv1.ICluster): ClusterFacts {
  checkType('cluster', 'aws-cdk-lib.aws_eks.ICluster', cluster);
  checkModule(self, cluster, 'Custom::AWSCDK-EKS-Cluster', 'a cluster of aws-eks', 'IrsaCluster.fromEksCluster');
  const isWithoutEntries = cluster instanceof eksv1.Cluster && [undefined, eksv1.AuthenticationMode.CONFIG_MAP].includes(cluster.authenticationMode);
  return {
    ...factsOf(cluster),
    source: 'eks.Cluster.fromClusterAttributes of aws-eks',
    ...isWithoutEntries && { withoutAccessEntries: cluster },
  };
}

/** Without TypeScript, a cluster of the other module passes. Its access entry would then fail during the deployment. */
function checkModule(self: Construct, { clusterName }: eks.ICluster | eksv1.ICluster, type: string, allowed: string, other: string): void {
  const resource = clusterResourceOf(self, clusterName);
  if (resource && resource.cfnResourceType !== type) {
    throw refusalWithoutValue('cluster', allowed, `for this cluster, use ${other}`);
  }
}

/** Both have these members. An import throws for those that it was not given. */
function factsOf(cluster: eks.ICluster | eksv1.ICluster): Omit<ClusterFacts, 'source'> {
  const { clusterName, clusterArn } = cluster;
  const resource = clusterResourceOf(cluster, clusterName);
  const vpc = ifKnown(() => cluster.vpc);
  return {
    clusterName,
    clusterArn,
    clusterEndpoint: ifKnown(() => cluster.clusterEndpoint),
    clusterCertificateAuthorityData: ifKnown(() => cluster.clusterCertificateAuthorityData),
    vpc,
    clusterSecurityGroup: ifKnown(() => cluster.clusterSecurityGroup),
    hasUnrestrictedEndpoint: resource ? hasUnrestrictedEndpoint(resource) : vpc === undefined,
    ...definedBy(resource),
    openIdConnectProvider: resource ? definedProvider(cluster) : ifKnown(() => cluster.openIdConnectProvider),
  };
}

/** Reading `openIdConnectProvider` of a cluster that this app defines would create a provider. */
const definedProvider = ({ node }: Construct | eks.ICluster | eksv1.ICluster) =>
  (node.tryFindChild('OidcProviderNative') ?? node.tryFindChild('OpenIdConnectProvider')) as iam.IOpenIdConnectProvider | undefined;

function ifKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The account and region of a cluster. A token in place of its ARN has neither. */
export function accountAndRegionOf({ clusterArn, resource }: ClusterFacts): { readonly account?: string; readonly region?: string } {
  return resource ? Stack.of(resource) : partsOfClusterArn(clusterArn);
}
