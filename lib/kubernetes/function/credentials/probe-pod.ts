import type { KubernetesObject } from '../client/kubernetes-object';

const CONTAINER = 'probe';

/**
 * A Pod that uses a service account. It is never created, so its image is never pulled. It meets the Pod Security Standard "restricted", and
 * states the resources that a ResourceQuota can require.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function probePod({ metadata: { name, namespace } }: KubernetesObject): KubernetesObject {
  const resources = { cpu: '10m', memory: '16Mi' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'cdk-irsa-probe', namespace },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: CONTAINER,
        image: 'registry.k8s.io/pause:3.10',
        resources: { requests: resources, limits: resources },
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      }],
    },
  };
}

interface PodSpec {
  readonly containers: { readonly name: string; readonly env?: { readonly name: string; readonly value?: string }[] }[];
}

/** The value of an environment variable in the probe, to which others can have added containers; undefined if it does not have the variable. */
export function valueIn(pod: KubernetesObject, variable: string): string | undefined {
  const own = (pod.spec as PodSpec).containers.find(({ name }) => name === CONTAINER);
  return own?.env?.find(({ name }) => name === variable)?.value;
}
