import { Rule } from './rule';

export const MISSING_AGENT: Rule = {
  id: 'missing-agent',
  severity: 'note',
  title: 'a cluster has associations, and the templates do not show the EKS Pod Identity agent',
  why: 'Pods get the credentials of an association from an agent on their node. Without it, they have none.',
  fix: 'Add the add-on eks-pod-identity-agent to the cluster',
  violations: (assigned) => assigned.model.associations.flatMap(({ cluster, place }) => {
    const { id, noPodIdentityAgent, place: created } = assigned.cluster(cluster) ?? {};
    return created && noPodIdentityAgent ? [{ what: `${place.logicalId} associates pods of cluster ${id} with a role, but ${noPodIdentityAgent}`, place }] : [];
  }),
};
