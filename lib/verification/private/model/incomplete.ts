import { Assembly } from '../assembly/assembly';
import { Finding } from '../findings/finding';

/** Findings about what can give access and is in the templates, but not in the model. */
const GAPS = [
  'transform', 'unread-resources', 'unread-nested-stack', 'unreadable-resource', 'unreadable-association', 'unreadable-nodegroup', 'unreadable-object',
  'unreadable-oidc-provider', 'unreadable-workload', 'policy-of-unknown-resource',
];

/** Whether a finding makes a model incomplete, so that no decision about it is certain. */
export const isGap = ({ id }: Finding): boolean => GAPS.includes(id);

/** Why a model with some findings is incomplete. */
export const incompleteBecause = (findings: readonly Finding[]): string[] => [...new Set(findings.filter(isGap).map(({ message }) => message))];

/** Findings about what is not read, with the resource that is not read. */
export const withContents = (findings: readonly Finding[], { templates }: Assembly): Finding[] => findings.map((finding) => {
  const { place, content } = finding;
  const resource = place && templates.find(({ file }) => file === place.template)?.body.Resources[place.logicalId];
  const isUnread = isGap(finding) && content === undefined && resource;
  return isUnread ? { ...finding, content: JSON.stringify({ ...resource, Metadata: undefined }) } : finding;
});
