import { ApiServer, KubernetesError } from './api-server';

/**
 * Refuses a cluster with another OIDC issuer than the one that trust policies name: the pods of another cluster could assume the roles, and those
 * of this one could not. A function that is not allowed to read the issuer, for example with access to namespaces only, compares nothing.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery
 */
export async function checkIssuer(server: ApiServer, expected: string): Promise<void> {
  const actual = await issuerOf(server);
  if (actual !== undefined && actual !== expected) {
    throw new Error(`the OIDC issuer of the cluster is ${actual}, but issuerUrl is ${expected}: set issuerUrl to the issuer of the cluster`);
  }
}

async function issuerOf(server: ApiServer): Promise<string | undefined> {
  try {
    const { body } = await server.send('get of the OIDC issuer', { method: 'GET', path: '/.well-known/openid-configuration' });
    return (body as { readonly issuer: string }).issuer;
  } catch (error) {
    if (error instanceof KubernetesError && [403, 404].includes(error.statusCode)) {
      console.log(`the OIDC issuer cannot be compared: ${error.message}`);
      return undefined;
    }
    throw error;
  }
}
