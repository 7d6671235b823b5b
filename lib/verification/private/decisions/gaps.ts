import { findChanges } from './find-changes';
import { AssignedModel } from '../assignments/assigned-model';
import { Assignments } from '../assignments/assignments';
import { changesNothing } from '../assignments/merged-assumptions';
import { Finding, keyOfFinding, messageOf } from '../findings/finding';
import { Findings } from '../findings/findings';
import { Asked, canChange } from '../findings/gap';
import { Role } from '../model/model';
import { withContents } from '../model/unread-contents';
import { ClusterId } from '../values/cluster-id';
import { Interned } from '../values/interned';
import { equal } from '../values/pattern';

/** What was found under one assignment, also about what can change the resources of the templates. */
export const findingsUnder = (assigned: AssignedModel): readonly Finding[] => known.of([assigned], () => {
  const changes = new Findings();
  findChanges(assigned, changes);
  return [...assigned.model.findings, ...withContents(changes.all, assigned.reading.resolver.assembly)];
});

const known = new Interned<readonly Finding[]>();

/** What was found under any assignment. */
export const findingsIn = ({ all }: Assignments): Finding[] =>
  [...new Map(all.flatMap((assigned) => findingsUnder(assigned)).map((finding) => [keyOfFinding(finding), finding])).values()];

/** What a finding says, with what is stated about it. */
export const messageIn = ({ assumptions }: Assignments, finding: Finding): string =>
  messageOf(finding, finding.gap !== undefined && changesNothing(finding.gap, assumptions));

/** The findings about what can change a decision and is not read, unless the assumptions set them aside. */
export const gapsOf = ({ assumptions }: Assignments, assigned: AssignedModel, asked: Asked): string[] =>
  findingsUnder(assigned).filter(({ gap }) => gap && canChange(gap.scope, asked) && !changesNothing(gap, assumptions))
    .map((finding) => messageOf(finding, false));

/** Those about whom a role trusts for a cluster. */
export const gapsOfTrust = (assignments: Assignments, assigned: AssignedModel, { arn }: Role, cluster: ClusterId): string[] =>
  gapsOf(assignments, assigned, { cluster, dependsOn: ({ part, roles }) => part === 'trust' && roles.some((role) => equal(role.arn, arn) !== 'no') });
