import { Annotations, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { placeOfCluster } from './cluster-place';
import { IIrsaCluster } from '../irsa-cluster-interface';

const ISSUER_OF_EKS = /^oidc[.-]eks\.([a-z0-9-]+)\./;

/** Adds a warning for a cluster whose issuer is in another Region than policies assume. Nothing would fail, but the controller would be denied. */
export function warnOfClusterRegion(role: IConstruct, cluster: IIrsaCluster): void {
  const [, ofIssuer] = ISSUER_OF_EKS.exec(cluster.issuer?.value ?? '') ?? [];
  const { region } = placeOfCluster(cluster);
  if (ofIssuer !== undefined && !Token.isUnresolved(region) && region !== ofIssuer) {
    Annotations.of(role).addWarningV2('cdk-irsa:cluster-region', `the issuer of cluster ${cluster.node.path} is in ${ofIssuer}, `
      + `but controllerPolicies are for ${region}, the Region of its stack or clusterArn. If the cluster is in ${ofIssuer}, the controller is denied what it needs: `
      + 'import the cluster in a stack of that Region, or set clusterArn');
  }
}
