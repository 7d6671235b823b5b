/** A Deployment with labels, a service account of its own name, and an image that nobody can change. */
export const deployment = (name: string, namespace: string, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { serviceAccountName: name, containers: [{ name: 'it', image: `app@sha256:${'a'.repeat(64)}`, ...container }] } },
  },
});
