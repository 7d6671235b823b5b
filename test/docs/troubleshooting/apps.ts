import { Stack } from 'aws-cdk-lib';
import { IIrsaCluster, IrsaCluster, ServiceAccountSubject, ServiceAccountWithRole } from '../../../lib';
import { newCluster } from '../../stacks';

/** A service account with its role, in a new cluster unless there is one. */
export const account = (scope: Stack, cluster: IIrsaCluster = newCluster(scope), more: object = {}) =>
  new ServiceAccountWithRole(scope, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports', ...more });

export const subjects = [ServiceAccountSubject.exact('reports', 'reader')];
export const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'reports', uid: 'u' } };

export const imported = (stack: Stack) => IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod' });
