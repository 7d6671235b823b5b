import { CHANGES, Permission, Rule } from './rule';
import { Text } from '../../values/text';
import { isText } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { Cluster } from '../model';
import { isAlias, selectsPods } from '../objects/service-objects';

/** Whether rules let somebody change an object, or delete it and create it again. */
export function mayChange(rules: readonly Rule[], resource: string, name: Text, exists = () => true): boolean {
  const may = (verb: string) => rules.some((rule) => rule.mayName(name) && rule.allows({ groups: [''], resources: [resource], verbs: [verb] }));
  return may('update') || may('patch') || (may('create') && (may('delete') || !exists()));
}

/**
 * Whether rules let somebody decide which pods are behind a Service: by the Service itself or the addresses in its status, or by its endpoints, of which a new object has
 * some. Kubernetes makes endpoints of the addresses in the status of pods. Objects of the old kind of endpoints are only read for a Service without a selector, and a
 * Service that is another name has none.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
 * @see https://github.com/kubernetes/kubernetes/issues/97076 for the addresses in the status of a Service
 */
export const mayRedirect = (rules: readonly Rule[], service: KubernetesObject): boolean => service.name !== undefined && (mayChange(rules, 'services', service.name)
  || mayChange(rules, 'services/status', service.name)
  || (selectsPods(service) && rules.some((rule) => rule.allows({ groups: [''], resources: ['pods/status'], verbs: CHANGES })))
  || (!isAlias(service) && rules.some((rule) => rule.allows({ groups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: CHANGES })))
  || (!isAlias(service) && !selectsPods(service) && mayChange(rules, 'endpoints', service.name, () => false)));

const ROUTES: readonly Permission[] = [
  { groups: ['extensions', 'networking.k8s.io'], resources: ['ingresses'], verbs: CHANGES },
  { groups: ['gateway.networking.k8s.io'], resources: ['gateways', 'grpcroutes', 'httproutes', 'tcproutes', 'tlsroutes'], verbs: CHANGES },
];

/**
 * Whether rules let somebody decide to which Service the requests for a host get. Another object for the host can have a longer path.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#multiple-matches
 */
export const mayRoute = (rules: readonly Rule[]): boolean => rules.some((rule) => ROUTES.some((permission) => rule.allows(permission)));

const [NAMESPACE, NAME] = ['kube-system', Text.of('aws-auth')];

/** A binding with its rules, and with a namespace if it is not for the whole cluster. */
interface BindingOfRules {
  readonly object: KubernetesObject;
  readonly namespace?: Text;
  readonly rules: readonly Rule[];
}

/**
 * Whether a binding lets somebody change `aws-auth`, or create it where it may not exist.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export function changesAwsAuth(
  { object: { cluster }, namespace, rules }: BindingOfRules, objects: readonly KubernetesObject[], clusters: readonly Cluster[],
): boolean {
  const use = clusters.find(({ id }) => id.is(cluster) === 'yes')?.awsAuth;
  const isOfTemplates = (object: KubernetesObject) => object.kind === 'ConfigMap' && isText(object.name, 'aws-auth') === 'yes' && object.cluster.is(cluster) === 'yes';
  return use !== 'ignored' && (!namespace || isText(namespace, NAMESPACE) !== 'no')
    && mayChange(rules, 'configmaps', NAME, () => use === 'needed' || objects.some(isOfTemplates));
}
