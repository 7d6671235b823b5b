import { Binding } from './bindings';
import { Text } from '../../values/text';
import { Cluster } from '../model';
import { Account } from '../objects/handed-objects';

/** The service accounts of the controllers of Kubernetes. */
const CONTROLLERS = [
  'attachdetach-controller', 'certificate-controller', 'clusterrole-aggregation-controller', 'cronjob-controller', 'daemon-set-controller', 'deployment-controller',
  'disruption-controller', 'endpoint-controller', 'endpointslice-controller', 'endpointslicemirroring-controller', 'expand-controller', 'generic-garbage-collector',
  'horizontal-pod-autoscaler', 'job-controller', 'namespace-controller', 'node-controller', 'persistent-volume-binder', 'pod-garbage-collector',
  'replicaset-controller', 'replication-controller', 'resourcequota-controller', 'root-ca-cert-publisher', 'route-controller', 'service-account-controller',
  'service-controller', 'statefulset-controller',
].map((name) => Text.of(name));

const NAMESPACE = Text.of('kube-system');

/** Whether an account may be one of these. No pods run with them, so that any pods do not have one. */
export const isOfControllers = ({ namespace, serviceAccountName }: Account): boolean =>
  (namespace.literal ?? serviceAccountName.literal) !== undefined && (namespace.literal === undefined || namespace.literal === NAMESPACE.literal);

/**
 * The bindings with which Kubernetes lets its controllers run pods, among others, in each cluster. Nothing runs with their accounts there, but whoever gets a token of
 * one can do the same.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#controller-roles
 */
export const bindingsOfControllers = (clusters: readonly Cluster[]): Binding[] => clusters.map(({ id: cluster }) => ({
  label: 'what Kubernetes allows to its controllers',
  subjects: CONTROLLERS.map((serviceAccountName) => ({ cluster, namespace: NAMESPACE, serviceAccountName })),
  gains: [{ kind: 'pods' }],
  rules: [],
  isKnown: false,
}));
