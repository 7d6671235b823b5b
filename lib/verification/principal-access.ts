import { AccessDecision } from './access-decision';
import { AccessOptions } from './access-options';
import { AccessTableRow } from './access-table-row';
import { explain, Explained, outcomeOf } from './private/answers/explanation';
import { statedAssumptions } from './private/answers/stated-assumptions';
import { rowOf } from './private/answers/table-row';
import { takesNoResource } from './private/aws-data/actions';
import { AskedOptions, AskedPrincipal } from './private/decisions/principals/asked-principal';
import { checkContext } from './private/questions/asked-context';
import { exampleResource } from './private/questions/asked-resource';
import { checkOptions, checkString } from './private/questions/check-options';
import { NamedResource } from './private/questions/named-resource';

/** What the pods of a service account or a workload, or the nodes of a nodegroup, can do in AWS. */
export class PrincipalAccess {
  /** @internal */
  public static _of(asked: AskedPrincipal): PrincipalAccess {
    return new PrincipalAccess(asked);
  }

  /** For messages: `pods of service account default/reader`. */
  public readonly name: string;

  private constructor(private readonly asked: AskedPrincipal) {
    this.name = asked.name;
  }

  /** The row of the access table, with the roles whose credentials the principal can get. */
  public get row(): AccessTableRow {
    return rowOf(this.asked);
  }

  /**
   * Decides whether the principal is allowed to do something, with all credentials that it can get. For a pod, these are the credentials of its service account,
   * of each role whose trust policy admits it, of its node if it reaches the instance metadata, and of each role that can be assumed with them.
   *
   * The annotation of a service account is not a boundary: a pod can ask for the credentials of any role that trusts its token.
   *
   * @param action such as `s3:GetObject`, without wildcards.
   * @param options the resource, and condition keys of the request. Without a resource, `ALLOWED` means on at least one resource, and `DENIED` on every one of the templates.
   */
  public decide(action: string, options: AccessOptions = {}): AccessDecision {
    return AccessDecision._of(this.explained(action, options, false));
  }

  /**
   * The same about a resource that is named by its construct or its logical ID.
   *
   * @internal
   */
  public _decideOn(resource: NamedResource, action: string, options: Omit<AccessOptions, 'resource'>): AccessDecision {
    checkContext(options.context ?? {});
    return AccessDecision._of(this.explainedOf(action, { ...options, resource }, false));
  }

  /**
   * Fails unless an action is allowed with the credentials that SDKs use by default: those that the service account gives, or if it gives none,
   * those of the node.
   *
   * @param action such as `s3:GetObject`, without wildcards.
   * @param options the resource, and condition keys of the request.
   * @throws if it is denied or unknown, with an explanation.
   */
  public assertAllowed(action: string, options: AccessOptions = {}): void {
    const explained = this.explained(action, options, true);
    if (options.resource === undefined && !takesNoResource(action)) {
      throw new Error(`assertAllowed needs a resource for ${action}, such as ${exampleResource(action)}: policies can allow it on some resources and not on others`);
    }
    this.require('ALLOWED', explained);
  }

  /**
   * Fails if any credentials that the principal can get allow an action, or might allow it. Without `resource`, this covers every resource of the templates,
   * and what the policies of its roles allow on others.
   *
   * @param action such as `s3:GetObject`, without wildcards.
   * @param options the resource, and condition keys of the request.
   * @throws if it is allowed or unknown, with an explanation.
   */
  public assertDenied(action: string, options: AccessOptions = {}): void {
    this.require('DENIED', this.explained(action, options, false));
  }

  private require(outcome: 'ALLOWED' | 'DENIED', explained: Explained): void {
    if (outcomeOf(explained) !== outcome) {
      throw new Error(explain(explained, outcome));
    }
  }

  private explained(action: string, options: AccessOptions, isByDefault: boolean): Explained {
    checkString('action', action);
    checkOptions('AccessOptions', options);
    checkContext(options.context ?? {});
    return this.explainedOf(action, options, isByDefault);
  }

  private explainedOf(action: string, options: AskedOptions, isByDefault: boolean): Explained {
    const isWithout = options.resource === undefined && takesNoResource(action);
    const verdict = this.asked.decide(action, isWithout ? { ...options, resource: '*' } : options);
    const resource = isWithout ? '' : options.resource && this.asked.shown(options.resource);
    return { principal: this.name, action, resource, verdict, isByDefault, assumptions: statedAssumptions(this.asked.assignments.assumptions) };
  }
}
