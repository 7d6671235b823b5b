/** Stands for the association of a service account in the registry of the app: EKS Pod Identity has no Kubernetes object. */
export const POD_IDENTITY_ASSOCIATION = { apiVersion: 'eks.amazonaws.com/v1', group: 'eks.amazonaws.com', kind: 'PodIdentityAssociation' };
