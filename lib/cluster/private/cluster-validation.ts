import { CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { warnOfAwsCdkServiceAccounts } from './aws-cdk-service-accounts';
import { duplicateAddonErrors, missingAddons, warnOfMissingAddons } from './cluster-addons';
import { nodegroupErrors, warnOfForeignNodes } from './foreign-nodes';
import { refusalOfNodegroups } from './known-addons';
import { podIdentityErrors } from './nodes-without-pod-identity';
import { providerErrors } from './provider-validation';
import { IIrsaCluster } from '../../identity';
import { IrsaNodegroup } from '../../nodes';
import { isAutoMode } from '../../private/cluster-resource';
import { propertiesOf } from '../../private/resource-properties';

/** What these checks need of an `IrsaCluster`. */
export interface NewCluster extends IIrsaCluster, Construct {
  readonly nodegroups: IrsaNodegroup[];
}

/** Errors of a new cluster for which its app must be complete. It adds the warnings of which the same is true. */
export function errorsOfNewCluster(cluster: NewCluster, resource: CfnResource): string[] {
  const nodes = { name: cluster.clusterName, resource };
  const autoMode = isAutoMode(resource);
  warnOfForeignNodes(nodes);
  warnOfAwsCdkServiceAccounts(cluster, resource);
  if (propertiesOf(resource).bootstrapSelfManagedAddons === false && !autoMode && cluster.nodegroups.length > 0) {
    warnOfMissingAddons(cluster);
  }
  return [
    ...providerErrors(cluster, resource),
    ...(autoMode ? nodegroupErrors(nodes, missingAddons(cluster)) : []),
    ...podIdentityErrors(cluster, nodes),
    ...duplicateAddonErrors(nodes),
  ];
}

/** Refuses nodegroups beside Auto Mode whose nodes would have no network plugin. Auto Mode nodes contain one. */
export function checkAddonsOfNodegroups(cluster: NewCluster): void {
  const missing = missingAddons(cluster);
  if (missing.length > 0) {
    throw refusalOfNodegroups('addNodegroup', missing);
  }
}
