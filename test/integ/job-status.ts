import { ApiServer } from '../../lib/kubernetes/function/client/api-server';
import { clusterTokens } from '../../lib/kubernetes/function/client/cluster-token';
import { KubernetesApi } from '../../lib/kubernetes/function/client/kubernetes-api';

/** The Lambda handler. Returns the status of a Job in Kubernetes. */
export async function handler({ namespace, name }: { namespace: string; name: string }): Promise<unknown> {
  const { CLUSTER_NAME, CLUSTER_ENDPOINT, CLUSTER_CERTIFICATE_AUTHORITY, STS_HOST } = process.env as { [name: string]: string };
  const server = new ApiServer({
    endpoint: CLUSTER_ENDPOINT,
    certificateAuthority: CLUSTER_CERTIFICATE_AUTHORITY,
    token: clusterTokens(CLUSTER_NAME, STS_HOST),
  });
  try {
    const readOnly = { timeout: 0, check: async () => { throw new Error('nothing is written'); } };
    const job = await new KubernetesApi(server, readOnly).get({ apiVersion: 'batch/v1', kind: 'Job', metadata: { namespace, name } });
    return job?.status ?? {};
  } finally {
    server.close();
  }
}
