import { ACTING } from './acting-controllers';
import { Gain } from './gain';
import { CHANGES, Permission, READS, Rule } from './rule';
import { RBAC } from '../objects/api-groups';

interface Giving extends Permission {
  readonly kind: Gain['kind'];
  /** Whether a role in a namespace cannot give it. */
  readonly isOfCluster?: true;
  /** Whether the names in a rule are those of what it gives. */
  readonly isNamed?: true;
}

const MUTATING = ['mutatingwebhookconfigurations', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'];

/**
 * The permissions with which somebody gets the credentials of others.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 * @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#rollbacks for the revisions from which pods are made
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/setup-extension-api-server/ for servers that have the objects of a group
 * @see https://kubernetes-csi.github.io/docs/token-requests.html for drivers that get the tokens of pods
 */
const GIVING: readonly Giving[] = [
  { kind: 'pods', groups: [''], resources: ['pods', 'replicationcontrollers'], verbs: CHANGES },
  { kind: 'pods', groups: ['apps', 'extensions'], resources: ['controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'], verbs: CHANGES },
  { kind: 'pods', groups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: CHANGES },
  { kind: 'tokens', groups: [''], resources: ['pods/attach', 'pods/exec', 'pods/portforward'], verbs: ['create', 'get'] },
  { kind: 'pods', groups: [''], resources: ['pods/ephemeralcontainers'], verbs: ['update', 'patch'] },
  { kind: 'tokens', groups: [''], resources: ['serviceaccounts/token'], verbs: ['create'], isNamed: true },
  { kind: 'pods', groups: [RBAC], resources: ['roles', 'clusterroles'], verbs: ['bind', 'escalate'] },
  { kind: 'tokens', groups: ['', 'authentication.k8s.io'], resources: ['serviceaccounts'], verbs: ['impersonate'] },
  { kind: 'pods', groups: ['', 'authentication.k8s.io'], resources: ['groups', 'nodes', 'users'], verbs: ['impersonate'], isOfCluster: true },
  { kind: 'pods', groups: [''], resources: ['nodes/proxy'], verbs: ['get', ...CHANGES], isOfCluster: true },
  { kind: 'pods', groups: ['admissionregistration.k8s.io'], resources: MUTATING, verbs: CHANGES, isOfCluster: true },
  { kind: 'secrets', groups: ['admissionregistration.k8s.io'], resources: ['validatingwebhookconfigurations'], verbs: CHANGES, isOfCluster: true },
  { kind: 'cluster', groups: ['apiregistration.k8s.io'], resources: ['apiservices'], verbs: CHANGES, isOfCluster: true },
  { kind: 'pods', groups: [''], resources: ['persistentvolumes'], verbs: CHANGES, isOfCluster: true }, // one can be any path of a node
  { kind: 'tokens', groups: ['storage.k8s.io'], resources: ['csidrivers'], verbs: CHANGES, isOfCluster: true },
  { kind: 'pods', groups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/approval'], verbs: ['update', 'patch'], isOfCluster: true },
  { kind: 'secrets', groups: [''], resources: ['secrets'], verbs: READS, isNamed: true },
];

/** With these, somebody gets around the standard that a namespace enforces: its label, more permissions, or the name of somebody else. */
const FREEING: readonly Permission[] = [
  { groups: [''], resources: ['namespaces'], verbs: ['update', 'patch'] },
  { groups: [RBAC], resources: ['roles', 'clusterroles'], verbs: ['bind', 'escalate'] },
  { groups: ['', 'authentication.k8s.io'], resources: ['groups', 'serviceaccounts', 'users'], verbs: ['impersonate'] },
];

/** Whether some rules keep somebody to the standard for pods that a namespace enforces. */
export const keepToPodSecurity = (rules: readonly Rule[]): boolean => !rules.some((rule) => FREEING.some((permission) => rule.allows(permission)));

/** What a rule gives by permissions for objects of Kubernetes. */
export function givenBy(rule: Rule, isOfCluster: boolean): Gain[] {
  const ofPods = GIVING.filter((one) => (isOfCluster || !one.isOfCluster) && rule.allows(one))
    .map(({ kind, isNamed }): Gain => ({ kind, ...isNamed && rule.names && { names: rule.names } }));
  const acting = ACTING.filter((one) => rule.allows(one));
  const ofEks = acting.flatMap(({ byEks }): Gain[] => (byEks ? [{ kind: 'eks', byEks }] : []));
  const controllers = [...new Set(acting.flatMap((one) => one.controllers))];
  const ofControllers: Gain = { kind: 'controllers', names: controllers.flatMap(({ accounts }) => accounts), controllers };
  return acting.length === 0 ? ofPods : [...ofPods, ofControllers, ...ofEks];
}
