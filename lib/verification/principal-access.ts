import { AccessDecision } from './access-decision';
import { AccessOptions } from './access-options';
import { AccessTableRow } from './access-table-row';
import { askedOptions, checkHasResource, checkQuestion, explained } from './private/answers/explained';
import { explain, Explained, outcomeOf } from './private/answers/explanation';
import { rowOf } from './private/answers/table-row';
import { Assignments } from './private/assignments/assignments';
import { AskedPrincipal } from './private/decisions/principals/asked-principal';
import { checkContext } from './private/questions/asked-context';
import { checkOptions } from './private/questions/check-options';
import { NamedResource } from './private/questions/named-resource';

/** What the pods of a service account or a workload, the nodes of a nodegroup, or sessions of a role can do in AWS. */
export class PrincipalAccess {
  /** @internal */
  public static _of(asked: AskedPrincipal): PrincipalAccess {
    return new PrincipalAccess(asked);
  }

  /**
   * What a principal in the options of a question of some templates stands for.
   *
   * @internal
   */
  public static _askedIn(assignments: Assignments, option: string, principal: PrincipalAccess): AskedPrincipal {
    if (!(principal instanceof PrincipalAccess)) {
      throw new Error(`${option} must be what a method of PodAccess returns: pod, workload, nodegroup, role or roleNamed`);
    }
    if (principal.asked.assignments !== assignments) {
      throw new Error(`${option}, ${principal.name}, comes from another PodAccess, such as the one before assume: get it from this PodAccess`);
    }
    return principal.asked;
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
   * Decides whether the principal is allowed to do something, with all credentials that it can get. For a pod, these are the credentials of its
   * service account, of each role whose trust policy admits it, of its node if it reaches the instance metadata, and of each role that can be assumed
   * with these.
   *
   * The annotation of a service account is not a boundary: a pod can get the credentials of any role that trusts its token.
   *
   * @param action such as `s3:GetObject`, without wildcards.
   * @param options the resource, and condition keys of the request. Without a resource, `ALLOWED` means allowed on at least one resource, and
   * `DENIED` means denied on all resources of the templates.
   * @throws if the action is not one that AWS documents, or if an option is wrong.
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
    return AccessDecision._of(explained(this.asked, action, { ...options, resource }, false));
  }

  /**
   * Fails unless an action is allowed with the credentials that SDKs use by default: those that the service account gives or, if it gives none,
   * those of the node.
   *
   * @param action such as `s3:GetObject`, without wildcards.
   * @param options the resource, and condition keys of the request.
   * @returns the decision, which shows why it is allowed, and the notes and assumptions that this rests on.
   * @throws if it is denied or unknown, with an explanation.
   */
  public assertAllowed(action: string, options: AccessOptions = {}): AccessDecision {
    const answer = this.explained(action, options, true);
    checkHasResource('assertAllowed', action, options);
    return this.require('ALLOWED', answer);
  }

  /**
   * Fails if any credentials that the principal can get allow an action, or might allow it. Without `resource`, this covers every resource of the templates,
   * and what the policies of its roles allow on others.
   *
   * @param action such as `s3:GetObject`, without wildcards.
   * @param options the resource, and condition keys of the request.
   * @returns the decision, which shows why it is denied, and the notes and assumptions that this rests on.
   * @throws if it is allowed or unknown, with an explanation.
   */
  public assertDenied(action: string, options: AccessOptions = {}): AccessDecision {
    return this.require('DENIED', this.explained(action, options, false));
  }

  private require(outcome: 'ALLOWED' | 'DENIED', answer: Explained): AccessDecision {
    if (outcomeOf(answer) !== outcome) {
      throw new Error(explain(answer, outcome));
    }
    return AccessDecision._of(answer);
  }

  private explained(action: string, options: AccessOptions, isByDefault: boolean): Explained {
    checkOptions('AccessOptions', options);
    checkQuestion(action, options);
    return explained(this.asked, action, askedOptions(options, this.asked.assignments), isByDefault);
  }
}
