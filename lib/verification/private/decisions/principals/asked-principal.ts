import { answersDifferWith, dependsOnAny, withRoles } from './changed-roles';
import { AskedOptions, questionIn } from './question-in';
import { reachUnder } from './reach-under';
import { mayActInClusters, withTokensOfOthers } from './tokens-of-others';
import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { clusterOf, principalName, Principal } from '../../assignments/principal';
import { separatorsOf } from '../../assignments/resource-index';
import { takesNoResource } from '../../aws-data/actions';
import { RolesScope, ServicesScope } from '../../findings/gap';
import { checkAction } from '../../questions/asked-action';
import { NamedResource } from '../../questions/named-resource';
import { Question } from '../../questions/question';
import { Credentials, Reach } from '../../reach/credentials';
import { ClusterId } from '../../values/cluster-id';
import { Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { withUnknowns } from '../../values/wildcards';
import { decidePrincipal } from '../decide-principal';
import { Deciding } from '../decide-resource';
import { Decided } from '../decided';
import { gapsOf } from '../gaps';
import { certainUnless, mergeVerdicts } from '../merge-verdicts';
import { PrincipalVerdict } from '../principal-verdict';

/** A principal under one assignment; undefined if it does not exist then. */
export interface PrincipalUnder {
  readonly assigned: AssignedModel;
  readonly principal?: Principal;
}

/** What can change a decision, for each kind of what is not read. */
interface Depends {
  readonly dependsOn: (scope: RolesScope, one: PrincipalUnder) => boolean;
  readonly dependsOnRequests?: (scope: ServicesScope, one: PrincipalUnder) => boolean;
}

/** The principal of a question, under all assignments of the conditions. */
export class AskedPrincipal {
  private readonly reaches = new Map<PrincipalUnder, Reach>();
  private readonly opened = new Map<AssignedModel, PrincipalUnder>();

  constructor(readonly assignments: Assignments, readonly each: readonly [PrincipalUnder, ...PrincipalUnder[]]) {}

  get principal(): Principal {
    return this.first.principal;
  }

  /** The cluster, for people; empty if it can be any. */
  get cluster(): string {
    const { assigned, principal } = this.first;
    const id = clusterOf(principal);
    return id ? assigned.clusterNames.shown(id) : '';
  }

  get name(): string {
    return principalName(this.principal);
  }

  /** Whether no template defines the service account, or who it is: something else does. */
  get isDefinedElsewhere(): boolean {
    return this.each.every(({ assigned: { accounts, associations }, principal }) => !principal || principal.kind === 'trusted'
      || (principal.kind === 'pods' && !principal.workload && accounts.of(principal).length === 0 && associations.of(principal).length === 0));
  }

  get allReaches(): Reach[] {
    return this.each.map((one) => this.reachIn(one));
  }

  /** All credentials that the principal can get under any assignment, and whether it certainly gets them. */
  get credentials(): Array<{ readonly credentials: Credentials; readonly isCertain: boolean }> {
    const reaches = this.allReaches.map(({ credentials }) =>
      new Map(credentials.filter(({ isObtained }) => isObtained !== 'no').map((one) => [`${one.role.arn.key} ${one.by}`, one])));
    const all = new Map(reaches.flatMap((reach) => [...reach]));
    const hasGaps = this.unread.length > 0;
    return [...all].map(([key, credentials]) => ({ credentials, isCertain: !hasGaps && reaches.every((reach) => reach.get(key)?.isObtained === 'yes') }));
  }

  /** What is not read, and can change which credentials the principal gets. */
  get unread(): string[] {
    return this.gaps({ dependsOn: (scope, one) => scope.part === 'trust' || this.dependsOn(scope, one) });
  }

  /** A value that a caller passed, for messages. */
  shown(value: string | NamedResource): string {
    return this.assignments.text(value, this.each[0].assigned).toString();
  }

  decide(action: string, options: AskedOptions): PrincipalVerdict {
    const notes = checkAction(action, options.undocumentedAction ?? false).map((what) => ({ what }));
    const decided = new Decided();
    const verdictIn = (one: PrincipalUnder) => {
      const { assigned } = one;
      const question = questionIn(this.assignments, assigned, action, options);
      const deciding = { withoutPolicy: this.withoutPolicy(assigned), decided };
      return this.withOthers(one, question, decidePrincipal(this.reachIn(one), question, assigned, deciding), deciding);
    };
    const verdicts = this.each.map((one) => {
      const verdict = verdictIn(one);
      return { assignment: one.assigned.assignment, verdict: { ...verdict, notes: [...notes, ...verdict.notes] } };
    });
    const verdict = mergeVerdicts(verdicts as [typeof verdicts[0], ...typeof verdicts]);
    const dependsOn = (scope: RolesScope, one: PrincipalUnder) => this.dependsOn(scope, one)
      || (scope.part === 'trust' && this.differsWith(scope, one, questionIn(this.assignments, one.assigned, action, options), decided));
    const dependsOnRequests = (scope: ServicesScope, one: PrincipalUnder) =>
      verdict.outcome === 'DENIED' && verdictIn(this.whereOpened(scope, one)).outcome !== 'DENIED';
    return certainUnless([...this.gaps({ dependsOn, dependsOnRequests }, action, options.resource), ...this.gapsOfKeys(verdict)], verdict);
  }

  /** What pods cannot do with credentials of their own, they might do with those of other pods. */
  private withOthers(
    one: PrincipalUnder, question: Question, verdict: PrincipalVerdict, deciding: Deciding, reach = this.reachIn(one),
  ): PrincipalVerdict {
    const { principal, assigned } = one;
    const mayActInCluster = principal?.kind === 'pods' || (principal?.kind === 'role' && !principal.withoutClusters);
    const why = mayActInCluster && verdict.outcome === 'DENIED' && !this.assignments.assumptions.noOtherCredentials
      ? withTokensOfOthers(principal, reach, question, assigned, deciding)
      : undefined;
    return why === undefined ? verdict : { ...verdict, outcome: 'UNKNOWN', missing: [...verdict.missing, why] };
  }

  private dependsOn(scope: RolesScope, one: PrincipalUnder): boolean {
    const { principal, assigned } = one;
    return principal !== undefined && dependsOnAny(scope, principal, this.reachIn(one), assigned);
  }

  private differsWith(scope: RolesScope, one: PrincipalUnder, question: Question, decided: Decided): boolean {
    const { assigned } = one;
    const [own, deciding] = [this.reachIn(one), { withoutPolicy: this.withoutPolicy(assigned), decided }];
    if (answersDifferWith(scope, own, question, assigned, deciding)) {
      return true;
    }
    const verdict = decidePrincipal(own, question, assigned, deciding);
    const [before, after] = [own, withRoles(own, scope.roles, assigned)].map((reach) => this.withOthers(one, question, verdict, deciding, reach));
    return before.outcome !== after.outcome;
  }

  /** What is allowed can also depend on the policies of keys. */
  private gapsOfKeys({ outcome, outcomeByDefault }: PrincipalVerdict): string[] {
    const hasKeys = this.each.some(({ assigned }) => assigned.resources.hasKeys);
    return hasKeys && [outcome, outcomeByDefault].includes('ALLOWED') ? this.gaps({ dependsOn: () => false }, 'kms:Decrypt') : [];
  }

  /** What can change a decision, or which credentials the principal gets, and is not read. */
  private gaps({ dependsOn, dependsOnRequests = () => false }: Depends, asked?: string, arn?: string | NamedResource): string[] {
    const action = asked !== undefined && takesNoResource(asked) ? undefined : asked; // policies of resources decide nothing about it
    return [...new Set(this.each.flatMap((one) => {
      const { assigned } = one;
      const cluster = this.clusterIn(one);
      const resource = arn === undefined ? undefined : withUnknowns(this.assignments.text(arn, assigned));
      return gapsOf(this.assignments, assigned, {
        cluster, action, resource, dependsOn: (scope) => dependsOn(scope, one), dependsOnRequests: (scope) => dependsOnRequests(scope, one),
      });
    }))];
  }

  /** If something that is not read lets everyone make the requests of a gap. */
  private whereOpened(scope: ServicesScope, { assigned, principal }: PrincipalUnder): PrincipalUnder {
    const opened = assigned.whereOpened(scope);
    const known = this.opened.get(opened) ?? { assigned: opened, principal };
    this.opened.set(opened, known);
    return known;
  }

  /** Sessions of a role that cannot act in a cluster do not depend on what is not read of it. */
  private clusterIn(one: PrincipalUnder): ClusterId | 'none' | undefined {
    const { assigned, principal } = one;
    const actsInNone = principal?.kind === 'role' && (principal.withoutClusters || !mayActInClusters(principal, this.reachIn(one), assigned));
    return actsInNone ? 'none' : principal && clusterOf(principal);
  }

  private get first(): Required<PrincipalUnder> {
    return this.each.find((one): one is Required<PrincipalUnder> => one.principal !== undefined)!; // it exists under one of them, or else it is not found
  }

  private reachIn(one: PrincipalUnder): Reach {
    const { principal, assigned } = one;
    const reach = this.reaches.get(one) ?? (principal
      ? reachUnder(assigned, principal, this.assignments)
      : { credentials: [], others: [], othersAreDefault: 'no', changesDefault: [], notes: [{ what: `there are no ${this.name} with ${assigned.assignment.label}` }] });
    this.reaches.set(one, reach);
    return reach;
  }

  /** Of resources, and of what they contain, such as the objects of a bucket. */
  private withoutPolicy(assigned: AssignedModel): Pattern[] {
    const arns = (this.assignments.assumptions.resourcesWithoutPolicy ?? []).map((arn) => this.assignments.text(arn, assigned));
    return arns.flatMap((arn) => ['', ...separatorsOf(arn).map((separator) => `${separator}*`)].map((part) => Pattern.glob(Text.join([arn, Text.of(part)]))));
  }
}
