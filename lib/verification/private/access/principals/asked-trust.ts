import { findCluster } from './find-principals';
import { TrustOptions } from '../../../access-options';
import { TokenDecision, TokenOptions } from '../../../token-decision';
import { Reason } from '../../findings/reason';
import { DEFAULT_AUDIENCE } from '../../model/default-audience';
import { Role } from '../../model/model';
import { listOf, ResolvedMap } from '../../values/resolved';
import { UNDECIDED_CONDITIONS } from '../answers/conditional-outcomes';
import { shownReasons } from '../answers/reason-lines';
import { toJson } from '../answers/to-json';
import { placeOf } from '../answers/to-public';
import { admits } from '../trust/admits';
import { Admitted, othersAdmitted } from '../trust/admits-only';
import { decideToken, mergeTokenVerdicts, tokenCertainUnless } from '../trust/token-trust';
import { Possibility, World } from '../world/world';

/** The role under one assignment of the conditions. */
export interface LocatedRole {
  readonly possibility: Possibility;
  readonly role: Role;
}

/** The trust policy of a role, under all assignments of the conditions under which the role exists. */
export class AskedTrust {
  constructor(private readonly world: World, private readonly located: readonly [LocatedRole, ...LocatedRole[]]) {}

  get data() {
    const [first] = this.located;
    const { role: { label, arn, trustPolicy, place } } = first;
    const problem = this.differs ?? trustPolicy.unknown;
    const document = problem === undefined ? trustPolicy.document : undefined;
    return {
      role: label,
      roleArn: arn.toString(),
      place: placeOf(trustPolicy.place ?? place),
      document: toJson(document),
      problem,
      statements: document instanceof ResolvedMap ? listOf(document.get('Statement')).map(toJson) : [],
    };
  }

  /** That there is no single document, because conditions of the templates change it. */
  private get differs(): string | undefined {
    const textOf = ({ role: { trustPolicy } }: LocatedRole) => JSON.stringify(toJson(trustPolicy.document));
    const [first] = this.located;
    const other = this.located.find((located) => textOf(located) !== textOf(first));
    return other && `it depends on conditions: it is not the same with ${first.possibility.branch.label} and with ${other.possibility.branch.label}`;
  }

  assertAdmits(namespace: string, serviceAccountName: string, options: TrustOptions): void {
    const { unread } = this.world;
    if (unread.length > 0) {
      this.fail(this.located[0], `must admit ${namespace}/${serviceAccountName}, but might not`, unread.map((what) => ({ what })));
    }
    for (const located of this.located) {
      if (!located.possibility.branch.isComplete) {
        this.fail(located, `must admit ${namespace}/${serviceAccountName}, but might not`, [{ what: `it depends on ${UNDECIDED_CONDITIONS}` }]);
      }
      const decision = admits(located.role, this.admitted(located.possibility, namespace, serviceAccountName, options));
      if (decision.outcome !== 'ALLOWED') {
        this.fail(located, `must admit ${namespace}/${serviceAccountName}, but ${decision.outcome === 'DENIED' ? 'does not' : 'might not'}`, decision.reasons);
      }
    }
  }

  assertAdmitsOnly(namespace: string, serviceAccountName: string, options: TrustOptions): void {
    this.assertAdmits(namespace, serviceAccountName, options);
    for (const located of this.located) {
      const others = othersAdmitted(located.role, this.admitted(located.possibility, namespace, serviceAccountName, options));
      if (others.length > 0) {
        this.fail(located, `must admit only ${namespace}/${serviceAccountName}`, others);
      }
    }
  }

  decideToken({ namespace = 'default', serviceAccountName, audience = DEFAULT_AUDIENCE, ...options }: TokenOptions): TokenDecision {
    return tokenCertainUnless(this.world.unread, mergeTokenVerdicts(this.located.map(({ possibility, role }) => {
      const { pods, issuers } = this.admitted(possibility, namespace, serviceAccountName, options);
      return { branch: possibility.branch, verdict: decideToken(role, this.world.text(audience, possibility), pods, issuers) };
    })));
  }

  private admitted(possibility: Possibility, namespace: string, serviceAccountName: string, options: TrustOptions): Admitted {
    const text = (value: string) => this.world.text(value, possibility);
    const cluster = findCluster(possibility.view.model, options.cluster === undefined ? undefined : text(options.cluster));
    return {
      cluster,
      pods: { kind: 'pods', cluster: cluster.name, namespace: text(namespace), serviceAccountName: text(serviceAccountName) },
      issuers: possibility.view.issuersOf(cluster),
    };
  }

  private fail({ possibility: { branch }, role }: LocatedRole, what: string, reasons: readonly Reason[]): never {
    const when = branch.label === '' ? '' : ` with ${branch.label}`;
    throw new Error([`the trust policy of role ${role.label} ${what}${when}:`, ...shownReasons(reasons)].join('\n'));
  }
}
