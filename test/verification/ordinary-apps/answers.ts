import { OrdinaryApp, Question } from './app';
import { verification } from '../../../lib';

/** A bucket that no template creates, and that has no policy. */
const ARCHIVE = 'arn:aws:s3:::company-archive';

/** What people ask about every app. */
const QUESTIONS: readonly Question[] = [
  { action: 's3:GetObject', resource: `${ARCHIVE}/report.csv` },
  { action: 's3:ListAllMyBuckets' },
  { action: 'ec2:DescribeInstances' },
  { action: 'ecr:GetAuthorizationToken' },
  { action: 'iam:CreateUser' },
  { action: 'iam:PassRole' },
  { action: 'sts:AssumeRole', resource: 'arn:aws:iam::123456789012:role/deployer' },
];

/** What a reviewer reads of an app. */
export interface Answers {
  /** How many of the decisions are UNKNOWN: to be kept small. */
  readonly count: string;
  readonly findings: ReadonlyArray<{ readonly id: string; readonly message: string; readonly place?: string }>;
  /** Each UNKNOWN by what it depends on: who asks, and for what. `by default` are those of `assertAllowed` only. */
  readonly unknown: ReadonlyArray<{ readonly missing: readonly string[]; readonly decisions: { readonly [principal: string]: readonly string[] } }>;
  /** Everyone who is asked about. What is neither here nor above is DENIED. */
  readonly allowed: { readonly [principal: string]: readonly string[] };
}

interface Decided {
  readonly principal: string;
  readonly question: string;
  readonly decision: verification.AccessDecision;
}

export function answersOf({ access: found, granted = [], otherPods = [] }: OrdinaryApp): Answers {
  const ofOthers = granted.flatMap(({ resource, of }) => (resource === undefined || of !== undefined ? [] : resource));
  const access = found.assume({ resourcesWithoutPolicy: [ARCHIVE, ...ofOthers] });
  const principals = new Map([
    ...access.principals.map((principal): [string, verification.PrincipalAccess] => [principal.name, principal]),
    ...otherPods.map((options) => nameAnd(access.pod(options), options)),
  ]);
  const decided = [...principals].flatMap(([principal, asked]) => [...QUESTIONS, ...granted].map((question): Decided => {
    const { action, resource, context } = question;
    return { principal, question: shown(question), decision: asked.decide(action, { resource, context }) };
  }));
  const unknown = decided.filter(({ decision }) => decision.outcome === 'UNKNOWN' || decision.outcomeByDefault === 'UNKNOWN');
  return {
    count: `${unknown.length} of ${decided.length} decisions are UNKNOWN`,
    findings: access.findings.map(({ id, message, place }) => ({ id, message, ...(place && { place: place.constructPath ?? `${place.template}/${place.logicalId}` }) })),
    unknown: [...groupBy(unknown, ({ decision }) => JSON.stringify(decision.missing))].map(([missing, group]) =>
      ({ missing: JSON.parse(missing), decisions: byPrincipal(group, ({ question, decision }) => (decision.outcome === 'UNKNOWN' ? question : `${question}, by default`)) })),
    allowed: {
      ...Object.fromEntries([...principals.keys()].map((principal) => [principal, []])),
      ...byPrincipal(decided.filter(({ decision }) => decision.outcome === 'ALLOWED'), ({ question }) => question),
    },
  };
}

/** The same pods can be asked about with and without an annotation that is not in the templates. */
const nameAnd = (pods: verification.PrincipalAccess, { annotatedRoleArn }: verification.PodSelection): [string, verification.PrincipalAccess] =>
  [annotatedRoleArn === undefined ? pods.name : `${pods.name}, annotated by others`, pods];

const shown = ({ action, resource, of = resource }: Question) => (of === undefined ? action : `${action} on ${of}`);

const byPrincipal = (decided: readonly Decided[], text: (one: Decided) => string) =>
  Object.fromEntries([...groupBy(decided, ({ principal }) => principal)].map(([principal, group]) => [principal, group.map(text)]));

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  all.forEach((one) => groups.set(keyOf(one), [...groups.get(keyOf(one)) ?? [], one]));
  return groups;
}
