import { waysByCredentials } from './cluster-credentials';
import { waysByWorkflows } from './handed-steps';
import { waysByServers } from './open-servers';
import { waysByPullRequests } from './pull-requests';
import { waysByRbac } from './rbac';
import { waysByService } from './served-code';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods } from '../../assignments/principal';
import { ClusterId } from '../../values/cluster-id';

/** The ways of pods into a cluster that need no credentials of AWS. */
export const waysOfPods = (pods: Pods, cluster: ClusterId, assigned: AssignedModel): WayIntoCluster[] =>
  WAYS.flatMap((ways) => ways(pods, cluster, assigned));

const WAYS = [waysByCredentials, waysByServers, waysByRbac, waysByService, waysByPullRequests, waysByWorkflows];
