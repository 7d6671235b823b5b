import { ADMINISTRATOR_PODS } from './administrator-pods';
import { BLOCKED_AGENT } from './blocked-agent';
import { CHART_WITHOUT_VPC } from './chart-without-vpc';
import { KAFKA_WITH_POD_IDENTITY } from './kafka-with-pod-identity';
import { MISSING_AGENT } from './missing-agent';
import { POD_IDENTITY_OF_ANY_CLUSTER } from './pod-identity-of-any-cluster';
import { RAISED_PERMISSIONS } from './raised-permissions';
import { REACHABLE_NODE_ROLE } from './reachable-node-role';
import { Rule, Violation } from './rule';
import { TRUST_OF_NAMESPACES } from './trust-of-namespaces';
import { TRUST_WITHOUT_AUDIENCE } from './trust-without-audience';
import { TRUST_WITHOUT_SUBJECT } from './trust-without-subject';
import { TWO_ROLES } from './two-roles';
import { UNKNOWN_MANAGED_POLICY } from './unknown-managed-policy';
import { UNMATCHED_TRUST_KEY } from './unmatched-trust-key';
import { UNTRUSTED_ACCOUNT } from './untrusted-account';
import { Assignments } from '../assignments/assignments';

/** The worst first. */
export const RULES: readonly Rule[] = [
  TRUST_WITHOUT_SUBJECT,
  UNMATCHED_TRUST_KEY,
  UNTRUSTED_ACCOUNT,
  TRUST_WITHOUT_AUDIENCE,
  TRUST_OF_NAMESPACES,
  REACHABLE_NODE_ROLE,
  ADMINISTRATOR_PODS,
  RAISED_PERMISSIONS,
  UNKNOWN_MANAGED_POLICY,
  POD_IDENTITY_OF_ANY_CLUSTER,
  TWO_ROLES,
  MISSING_AGENT,
  KAFKA_WITH_POD_IDENTITY,
  CHART_WITHOUT_VPC,
  BLOCKED_AGENT,
];

/** A rule, and what breaks it. */
export interface BrokenRule {
  readonly rule: Rule;
  readonly violations: readonly Violation[];
}

/** What breaks rules under any assignment of the conditions of the templates, each once. */
export const brokenRules = (assignments: Assignments): BrokenRule[] => RULES
  .map((rule) => ({ rule, violations: distinct(assignments.all.flatMap((assigned) => rule.violations(assigned, assignments))) }))
  .filter(({ violations }) => violations.length > 0);

const distinct = (violations: readonly Violation[]): Violation[] =>
  [...new Map(violations.map((violation) => [JSON.stringify(violation), violation])).values()];
