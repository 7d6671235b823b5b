import { admits } from './admits';
import { Admitted, othersAdmitted } from './admits-only';
import { decideToken, mergeTokenVerdicts, tokenCertainUnless } from './token-trust';
import { trustedCluster } from './trusted-cluster';
import { TrustOptions } from '../../../access-options';
import { AccessReason } from '../../../access-reason';
import { TokenDecision, TokenOptions } from '../../../token-decision';
import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { Pods } from '../../assignments/principal';
import { RolesScope } from '../../findings/gap';
import { shownReasons } from '../../findings/reason-lines';
import { Cluster, Role } from '../../model/model';
import { DEFAULT_AUDIENCE } from '../../model/pods/default-audience';
import { equal } from '../../values/pattern';
import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { toJson } from '../../values/to-json';
import { UNDECIDED_CONDITIONS } from '../conditional-outcomes';
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
    const problem = this.differs ?? trustPolicy.unknown;
    const document = problem === undefined ? trustPolicy.document : undefined;
    return {
      role: label,
      roleArn: arn.toString(),
      place: trustPolicy.place ?? place,
      document: toJson(document),
      problem,
      statements: document instanceof ResolvedMap ? listOf(document.get('Statement')).map(toJson) : [],
    };
  }

  /** That there is no single document, because conditions of the templates change it. */
  private get differs(): string | undefined {
    const textOf = ({ role: { trustPolicy } }: RoleUnder) => JSON.stringify(toJson(trustPolicy.document));
    const [first] = this.each;
    const other = this.each.find((one) => textOf(one) !== textOf(first));
    return other && `it depends on conditions: it is not the same with ${first.assigned.assignment.label} and with ${other.assigned.assignment.label}`;
  }

  assertAdmits(namespace: string, serviceAccountName: string, options: TrustOptions): void {
    for (const one of this.each) {
      const gaps = this.gaps(one, options);
      if (gaps.length > 0) {
        this.fail(one, `must admit ${namespace}/${serviceAccountName}, but might not`, gaps.map((what) => ({ what })));
      }
      if (!one.assigned.assignment.isComplete) {
        this.fail(one, `must admit ${namespace}/${serviceAccountName}, but might not`, [{ what: `it depends on ${UNDECIDED_CONDITIONS}` }]);
      }
      const decision = admits(one.role, this.admitted(one, namespace, serviceAccountName, options));
      if (decision.outcome !== 'ALLOWED') {
        this.fail(one, `must admit ${namespace}/${serviceAccountName}, but ${decision.outcome === 'DENIED' ? 'does not' : 'might not'}`, decision.reasons);
      }
    }
  }

  assertAdmitsOnly(namespace: string, serviceAccountName: string, options: TrustOptions): void {
    this.assertAdmits(namespace, serviceAccountName, options);
    for (const one of this.each) {
      const others = othersAdmitted(one.role, this.admitted(one, namespace, serviceAccountName, options));
      if (others.length > 0) {
        this.fail(one, `must admit only ${namespace}/${serviceAccountName}`, others);
      }
    }
  }

  decideToken({ namespace = 'default', serviceAccountName, audience = DEFAULT_AUDIENCE, ...options }: TokenOptions): TokenDecision {
    const gaps = [...new Set(this.each.flatMap((one) => this.gaps(one, options)))];
    return tokenCertainUnless(gaps, mergeTokenVerdicts(this.each.map((one) => {
      const { assigned, role } = one;
      const { pods, issuers } = this.admitted(one, namespace, serviceAccountName, options);
      return { assignment: assigned.assignment, verdict: decideToken(role, this.assignments.text(audience, assigned), pods, issuers) };
    })));
  }

  /** What can change whom the role admits, and is not read. */
  private gaps(one: RoleUnder, options: TrustOptions): string[] {
    const dependsOn = ({ part, roles }: RolesScope) => part === 'trust' && roles.some(({ arn }) => equal(arn, one.role.arn) !== 'no');
    return this.assignments.gapsOf(one.assigned, { cluster: this.clusterIn(one, options).id, dependsOn });
  }

  private clusterIn({ assigned, role }: RoleUnder, { cluster }: TrustOptions): Cluster {
    return cluster === undefined ? trustedCluster(role, assigned) : findCluster(assigned, this.assignments.text(cluster, assigned));
  }

  private admitted(one: RoleUnder, namespace: string, serviceAccountName: string, options: TrustOptions): Admitted {
    const { assigned } = one;
    const text = (value: string) => this.assignments.text(value, assigned);
    const cluster = this.clusterIn(one, options);
    const pods: Pods = { kind: 'pods', cluster: cluster.id, namespace: text(namespace), serviceAccountName: text(serviceAccountName) };
    const annotated = assigned.accounts.of(pods).filter(({ isOwn }) => isOwn === 'yes').map(({ thing: { audience } }) => audience);
    return { cluster, pods, issuers: assigned.issuersOf(cluster), audiences: annotated.length > 0 ? annotated : [Text.of(DEFAULT_AUDIENCE)] };
  }

  private fail({ assigned: { assignment }, role }: RoleUnder, what: string, reasons: readonly AccessReason[]): never {
    const when = assignment.label === '' ? '' : ` with ${assignment.label}`;
    throw new Error([`the trust policy of role ${role.label} ${what}${when}:`, ...shownReasons(reasons)].join('\n'));
  }
}
