import { Finding } from './model';

/** Findings about what can give access and is in the templates, but not in the model. */
const GAPS = [
  'transform', 'unread-resources', 'unread-nested-stack', 'unreadable-resource', 'unreadable-association', 'unreadable-node-group', 'unreadable-object',
  'unreadable-oidc-provider', 'unreadable-workload', 'policy-of-unknown-resource',
];

/** Why a model with some findings is incomplete, so that no decision about it is certain. */
export const incompleteBecause = (findings: readonly Finding[]): string[] =>
  [...new Set(findings.filter(({ id }) => GAPS.includes(id)).map(({ message }) => message))];
