import { Rule } from './rule';

export const REACHABLE_NODE_ROLE: Rule = {
  id: 'reachable-node-role',
  severity: 'warning',
  title: 'every pod can act as its node',
  why: 'Pods can reach the instance metadata of their node, so each pod, whatever its service account, can use the role of the node.',
  fix: 'Set the hop limit of the instance metadata to 1 in the launch template of the nodegroup, as IrsaNodegroup does',
  violations: ({ model }) => model.nodegroups.filter(({ podsReachMetadata }) => podsReachMetadata === 'yes').map(({ label, why, place }) => ({
    what: `pods on the nodes of ${label} can use the role of their node: ${why}`,
    place,
  })),
};
