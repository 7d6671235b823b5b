import { admits } from './admits';
import { Admitted, othersAdmitted } from './admits-only';
import { AskedToken } from './token-explanation';
import { decideToken, mergeTokenVerdicts, tokenCertainUnless } from './token-trust';
import { trustedCluster } from './trusted-cluster';
import { SubjectSelection } from '../../../access-options';
import { AccessReason } from '../../../access-reason';
import { TokenOptions } from '../../../token-decision';
import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { Pods } from '../../assignments/principal';
import { shownReasons } from '../../findings/reason-lines';
import { Cluster, Role } from '../../model/model';
import { DEFAULT_AUDIENCE } from '../../model/pods/default-audience';
import { parsePolicy } from '../../policies/parse-policy';
import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { toJson } from '../../values/to-json';
import { UNDECIDED_CONDITIONS } from '../conditional-outcomes';
import { gapsOfTrust } from '../gaps';
import { findCluster } from '../principals/find-principals';

/** The role under one assignment. */
export interface RoleUnder {
  readonly assigned: AssignedModel;
  readonly role: Role;
}

/** The trust policy of a role, under all assignments of the conditions under which the role exists. */
export class AskedTrust {
  constructor(private readonly assignments: Assignments, private readonly each: readonly [RoleUnder, ...RoleUnder[]]) {}

  get data() {
    const [first] = this.each;
    const { role: { label, arn, trustPolicy, place } } = first;
    const statements = trustPolicy.document instanceof ResolvedMap ? listOf(trustPolicy.document.get('Statement')) : [];
    const problem = this.differs ?? parsePolicy(trustPolicy, 'trust').problems[0];
    const document = problem === undefined ? trustPolicy.document : undefined;
    return {
      role: label,
      roleArn: arn.toString(),
      place: trustPolicy.place ?? place,
      document: toJson(document),
      problem,
      statements: document === undefined ? [] : statements.map(toJson),
    };
  }

  /** That there is no single document, because conditions of the templates change it. */
  private get differs(): string | undefined {
    const textOf = ({ role: { trustPolicy } }: RoleUnder) => JSON.stringify(toJson(trustPolicy.document));
    const [first] = this.each;
    const other = this.each.find((one) => textOf(one) !== textOf(first));
    return other && `it depends on conditions: it is not the same with ${first.assigned.assignment.label} and with ${other.assigned.assignment.label}`;
  }

  assertAdmits(account: SubjectSelection): void {
    const name = nameOf(account);
    for (const one of this.each) {
      const gaps = this.gaps(one, account);
      if (gaps.length > 0) {
        this.fail(one, `must admit ${name}, but might not`, gaps.map((what) => ({ what })));
      }
      if (!one.assigned.assignment.isComplete) {
        this.fail(one, `must admit ${name}, but might not`, [{ what: `it depends on ${UNDECIDED_CONDITIONS}` }]);
      }
      const decision = admits(one.role, this.admitted(one, account));
      if (decision.outcome !== 'ALLOWED') {
        this.fail(one, `must admit ${name}, but ${decision.outcome === 'DENIED' ? 'does not' : 'might not'}`, decision.reasons);
      }
    }
  }

  assertAdmitsOnly(account: SubjectSelection): void {
    this.assertAdmits(account);
    for (const one of this.each) {
      const others = othersAdmitted(one.role, this.admitted(one, account));
      if (others.length > 0) {
        this.fail(one, `must admit only ${nameOf(account)}`, others);
      }
    }
  }

  decideToken({ audience = DEFAULT_AUDIENCE, ...account }: TokenOptions): AskedToken {
    const gaps = [...new Set(this.each.flatMap((one) => this.gaps(one, account)))];
    const verdict = tokenCertainUnless(gaps, mergeTokenVerdicts(this.each.map((one) => {
      const { assigned, role } = one;
      const { pods, issuers } = this.admitted(one, account);
      return { assignment: assigned.assignment, verdict: decideToken(role, this.assignments.text(audience, assigned), pods, issuers) };
    })));
    return { role: this.each[0].role.label, account: nameOf(account), verdict };
  }

  /** What can change whom the role admits, and is not read. */
  private gaps(one: RoleUnder, account: SubjectSelection): string[] {
    return gapsOfTrust(this.assignments, one.assigned, one.role, this.clusterIn(one, account).id);
  }

  private clusterIn({ assigned, role }: RoleUnder, { cluster }: SubjectSelection): Cluster {
    return cluster === undefined ? trustedCluster(role, assigned) : findCluster(assigned, this.assignments.text(cluster, assigned));
  }

  private admitted(one: RoleUnder, account: SubjectSelection): Admitted {
    const { namespace = 'default', serviceAccountName } = account;
    const { assigned } = one;
    const text = (value: string) => this.assignments.text(value, assigned);
    const cluster = this.clusterIn(one, account);
    const pods: Pods = { kind: 'pods', cluster: cluster.id, namespace: text(namespace), serviceAccountName: text(serviceAccountName) };
    const annotated = assigned.accounts.of(pods).filter(({ isOwn }) => isOwn === 'yes').map(({ thing: { audience } }) => audience);
    return { cluster, pods, issuers: assigned.issuersOf(cluster), audiences: annotated.length > 0 ? annotated : [Text.of(DEFAULT_AUDIENCE)] };
  }

  private fail({ assigned: { assignment }, role }: RoleUnder, what: string, reasons: readonly AccessReason[]): never {
    const when = assignment.label === '' ? '' : ` with ${assignment.label}`;
    throw new Error([`the trust policy of role ${role.label} ${what}${when}:`, ...shownReasons(reasons)].join('\n'));
  }
}

const nameOf = ({ namespace = 'default', serviceAccountName }: SubjectSelection) => `${namespace}/${serviceAccountName}`;
