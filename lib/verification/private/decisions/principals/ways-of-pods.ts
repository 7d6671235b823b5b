import { waysByWorkflows } from './handed-steps';
import { waysByKubeconfig } from './kubeconfigs';
import { waysByServers } from './open-servers';
import { waysByPullRequests } from './pull-requests';
import { waysByRbac } from './rbac';
import { waysByService } from './served-code';
import { waysBySystemTokens } from './system-tokens';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods } from '../../assignments/principal';
import { ClusterId } from '../../values/cluster-id';

/** The ways of pods into a cluster that need no credentials of AWS. */
export const waysOfPods = (pods: Pods, cluster: ClusterId, assigned: AssignedModel): WayIntoCluster[] =>
  WAYS.flatMap((ways) => ways(pods, cluster, assigned));

const WAYS = [waysByKubeconfig, waysBySystemTokens, waysByServers, waysByRbac, waysByService, waysByPullRequests, waysByWorkflows];
