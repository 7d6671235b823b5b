import { Rule } from './rule';
import { missingAgent } from '../model/clusters/pod-identity-agent';

export const MISSING_AGENT: Rule = {
  id: 'missing-agent',
  severity: 'note',
  title: 'a cluster has associations, and the templates do not show the EKS Pod Identity agent',
  why: 'Pods get the credentials of an association from an agent on their node. Without it, they have none.',
  fix: 'Add the add-on eks-pod-identity-agent to the cluster',
  violations: (assigned) => assigned.model.associations.flatMap(({ cluster, place }) => {
    const own = assigned.cluster(cluster);
    const why = own?.place && missingAgent(own);
    return why ? [{ what: `${place.logicalId} associates pods of cluster ${own.id} with a role, but ${why}`, place }] : [];
  }),
};
