import { Permission } from './permissions';
import { isUniform } from './requests';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { Assignments } from '../assignments/assignments';
import { takesNoResource } from '../aws-data/actions';
import { decidePrincipal } from '../decisions/decide-principal';
import { Decided } from '../decisions/decided';
import { gapsOf } from '../decisions/gaps';
import { arnTexts } from '../evaluation/arn';
import { Outcome } from '../evaluation/decision';
import { RolesScope } from '../findings/gap';
import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { Statement } from '../policies/statement';
import { Reach } from '../reach/credentials';
import { reachOf } from '../reach/reach';
import { Interned } from '../values/interned';
import { Text } from '../values/text';

/** How a request of a role is decided. */
export interface RequestVerdict {
  readonly outcome: Outcome;
  readonly reasons: readonly AccessReason[];
  readonly missing: readonly string[];
}

/** Decides what sessions of a role can do, with the credentials of this role alone. */
export class RoleDecider {
  private readonly reach: Reach;
  private readonly decided = new Decided();
  private readonly isUniform: boolean;

  constructor(private readonly role: Role, private readonly assigned: AssignedModel, private readonly assignments: Assignments) {
    const { credentials } = reachOf({ kind: 'role', role, withoutClusters: true }, assigned, assignments.assumptions);
    this.reach = { credentials: credentials.slice(0, 1), others: [], othersAreDefault: 'no', changesDefault: [], notes: [] };
    this.isUniform = isUniform(role);
  }

  decide(action: string, resource: Text): RequestVerdict {
    const asked = takesNoResource(action) ? Text.of('*') : resource;
    const question = { action, resource: asked, context: {} };
    const { outcome, answers, missing } = decidePrincipal(this.reach, question, this.assigned, { withoutPolicy: [], decided: this.decided });
    const dependsOn = ({ part, roles }: RolesScope) => part === 'permissions' && roles.some(({ arn }) => arn.key === this.role.arn.key);
    const unread = gapsOf(this.assignments, this.assigned, { cluster: 'none', action, resource: asked, dependsOn });
    return {
      outcome: unread.length > 0 ? 'UNKNOWN' : outcome,
      reasons: answers.flatMap(({ decision, denial }) => [...decision.reasons, ...(denial ? [denial] : [])]),
      missing: [...missing, ...unread],
    };
  }

  /** Whether no policy distinguishes the requests of a permission, so that examples tell how all are decided. */
  decidesAlike({ node: { group }, requested }: Permission): boolean {
    const denying = servicesThatDeny(this.assigned);
    const areAny = requested.every(({ resources: { negated, values } }) => !negated && values.every(({ literal }) => literal === '*'));
    return this.isUniform && (areAny || denying.size === 0 || (/^[a-z0-9-]+$/.test(group) && !denying.has(group)));
  }
}

const TLS = ['aws:securetransport', 's3:tlsversion'];

/** The services of resources whose policies deny something. Denials of requests without TLS distinguish none, because all are assumed to use it. */
const servicesThatDeny = ({ model }: AssignedModel): ReadonlySet<string> => denying.of([model], () => new Set(model.resources
  .filter(({ policies }) => policies.some((policy) => {
    const { statements, problems } = parsePolicy(policy, 'resource');
    return problems.length > 0 || statements.some((statement) => statement.effect !== 'Allow' && !isAboutTls(statement));
  }))
  .map(({ arn }) => arnTexts(arn)?.[2].literal ?? '*')));

const denying = new Interned<ReadonlySet<string>>();

const isAboutTls = ({ effect, conditions = [], problems }: Statement): boolean =>
  effect === 'Deny' && problems.length === 0 && conditions.some(({ key }) => TLS.includes(key.toString().toLowerCase()));
