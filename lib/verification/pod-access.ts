import { Stack, Stage } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { AccessAssumptions } from './access-assumptions';
import { NodegroupSelection, PodSelection, WorkloadSelection } from './access-options';
import { AccessFinding } from './access-reason';
import { AssertOnlyOptions } from './assert-only-options';
import { InternalAccess } from './internal/internal-access';
import { PrincipalAccess } from './principal-access';
import { assertOnly } from './private/answers/assert-only';
import { Assembly } from './private/assembly/assembly';
import { synthesized } from './private/assembly/synthesized';
import { AssignedModel } from './private/assignments/assigned-model';
import { Assignments } from './private/assignments/assignments';
import { findingsIn, messageIn } from './private/decisions/gaps';
import { allPrincipals } from './private/decisions/principals/all-principals';
import { findCluster, findNodes, findPods, findWorkload } from './private/decisions/principals/find-principals';
import { findPrincipal } from './private/decisions/principals/find-under-assignments';
import { checkAccount } from './private/decisions/principals/known-account';
import { controllersIn } from './private/decisions/principals/rbac';
import { allTrusts, locateRole } from './private/decisions/trust/all-trusts';
import { findRoleOfSessions, roleOf } from './private/decisions/trust/find-roles';
import { Cluster } from './private/model/model';
import { checkAccountName, checkRoleArn } from './private/questions/asked-account';
import { checkGaps } from './private/questions/check-assumptions';
import { checkOptions, checkString } from './private/questions/check-options';
import { TrustPolicy } from './trust-policy';

/**
 * What pods can do in AWS, read from synthesized templates before a deployment.
 *
 * This does not consider service and resource control policies, VPC endpoint policies, who can create pods or change objects in Kubernetes, or the
 * resources of other templates.
 */
export class PodAccess {
  /**
   * Synthesizes and reads all stacks in the stage of a stack, because clusters and roles can be in different stacks. Call this after you have defined
   * everything: what you define later is not read.
   *
   * @param stack a stack of your app.
   * @throws if the stack is not in an `App` or a `Stage`.
   */
  public static fromStack(stack: Stack): PodAccess {
    if (!Stack.isStack(stack)) {
      throw new Error('the argument of PodAccess.fromStack must be a Stack: pass any stack of the app, because all of them are read');
    }
    const stage = Stage.of(stack);
    if (!stage) {
      throw new Error(`${stack.node.path || 'the stack'} must be in an App or a Stage: PodAccess synthesizes all of its stacks`);
    }
    return new PodAccess(Assignments.read(Assembly.fromDirectory(synthesized(stage)), stack));
  }

  /**
   * Reads a cloud assembly, such as `cdk.out`.
   *
   * @param directory the path of the assembly.
   * @throws if the directory is not a cloud assembly.
   */
  public static fromAssembly(directory: string): PodAccess {
    checkString('directory', directory);
    return new PodAccess(Assignments.read(Assembly.fromDirectory(directory)));
  }

  /**
   * Reads templates for one AWS account and region.
   *
   * @param templates the templates by name. The names appear in explanations.
   * @throws if one of them is not a CloudFormation template.
   */
  public static fromTemplates(templates: { [name: string]: any }): PodAccess {
    return new PodAccess(Assignments.read(Assembly.fromTemplates(templates)));
  }

  /** What could not be read, and what else you should know about the templates. */
  public readonly findings: AccessFinding[];

  private constructor(private readonly assignments: Assignments) {
    if (!(assignments instanceof Assignments)) { // JavaScript can call it
      throw new Error('PodAccess has no public constructor: '
        + 'use PodAccess.fromStack(stack), PodAccess.fromAssembly(\'cdk.out\') or PodAccess.fromTemplates({ … })');
    }
    this.findings = findingsIn(assignments).map((finding) => ({ id: finding.id, message: messageIn(assignments, finding), place: finding.place }));
  }

  /**
   * What the command line and comparisons also need.
   *
   * @internal
   */
  public get _internal(): InternalAccess {
    return new InternalAccess(this.assignments);
  }

  /**
   * The service accounts, workloads and nodegroups of the templates, and these principals that the templates do not define: service accounts that
   * trust policies name, those whom a role trusts without saying who they are, service accounts that may get more than others by a binding or a chart,
   * and the account `default` of a namespace if a workload runs under it, if its pods might get the role of their node, or if a binding is for all pods
   * of the namespace.
   */
  public get principals(): PrincipalAccess[] {
    return allPrincipals(this.assignments).map((asked) => PrincipalAccess._of(asked));
  }

  /** The trust policies of all roles of the templates. */
  public get trustPolicies(): TrustPolicy[] {
    return allTrusts(this.assignments).map((trust) => TrustPolicy._of(trust));
  }

  /**
   * A copy of this object that also considers facts that you state because the templates do not show them. Every explanation lists them.
   *
   * @param assumptions the facts, in addition to those that were stated before.
   * @throws if they are about parameters or resources that the templates do not have, or if `clusterIssuers` contradicts the templates.
   */
  public assume(assumptions: AccessAssumptions): PodAccess {
    checkOptions('AccessAssumptions', assumptions);
    const assignments = this.assignments.assume(assumptions);
    checkGaps(assumptions.changesNothing ?? [], findingsIn(assignments), () => controllersIn(assignments));
    return new PodAccess(assignments);
  }

  /**
   * The pods of a service account, which need not be in the templates: see `PodSelection`.
   *
   * @param options the service account, and its cluster.
   * @throws if the cluster is not in the templates, or if the templates have several clusters and `cluster` is not set.
   */
  public pod(options: PodSelection): PrincipalAccess {
    checkOptions('PodSelection', options);
    checkAccountName(options.namespace, options.serviceAccountName);
    checkRoleArn(options.annotatedRoleArn);
    const asked = findPrincipal(this.assignments, (assigned) => findPods(assigned, this.cluster(assigned, options.cluster), {
      namespace: this.assignments.text(options.namespace ?? 'default', assigned),
      serviceAccountName: this.assignments.text(options.serviceAccountName, assigned),
      annotation: options.annotatedRoleArn === undefined ? undefined : this.assignments.text(options.annotatedRoleArn, assigned),
    }));
    if (!options.definedElsewhere) {
      checkAccount(asked.each);
    }
    return PrincipalAccess._of(asked);
  }

  /**
   * The pods of a workload of the templates.
   *
   * @param options the workload, and its cluster.
   * @throws if the workload or the cluster is not in the templates, or if it is not clear which one you mean.
   */
  public workload(options: WorkloadSelection): PrincipalAccess {
    checkOptions('WorkloadSelection', options);
    return PrincipalAccess._of(findPrincipal(this.assignments, (assigned) => findWorkload(assigned, this.cluster(assigned, options.cluster), {
      kind: options.kind,
      namespace: this.assignments.text(options.namespace ?? 'default', assigned),
      name: this.assignments.text(options.name, assigned),
    })));
  }

  /**
   * The nodes of a nodegroup of the templates.
   *
   * @param options the nodegroup, and its cluster.
   * @throws if the nodegroup or the cluster is not in the templates, or if it is not clear which one you mean.
   */
  public nodegroup(options: NodegroupSelection): PrincipalAccess {
    checkOptions('NodegroupSelection', options);
    return PrincipalAccess._of(findPrincipal(this.assignments, (assigned) =>
      findNodes(assigned, this.cluster(assigned, options.cluster), this.assignments.text(options.nodegroupName, assigned))));
  }

  /**
   * Whoever has a session of a role of the templates, such as a Lambda function. Answers are about what the role allows and which other roles its
   * sessions lead to, regardless of whom the role trusts.
   *
   * @param role an `iam.Role`, or any other construct that contains exactly one role, such as a `lambda.Function`.
   * @throws if the construct contains no role or several, or if the role is not in the templates.
   */
  public role(role: IConstruct): PrincipalAccess {
    const { logicalId, template } = this.located('role', 'roleNamed', role);
    return this.sessionsOf(logicalId, template);
  }

  /**
   * Whoever has a session of a role of the templates, like `role`, but for a role that you name.
   *
   * @param role the logical ID or the name of the role, its ARN, or the path of a construct that contains exactly one role, such as `Stack/Function`.
   * @throws if the role is not in the templates, or if several roles match.
   */
  public roleNamed(role: string): PrincipalAccess {
    checkString('role', role);
    return this.sessionsOf(role);
  }

  /**
   * Fails unless the given principals are allowed an action, and nobody else in the templates is. `AssertOnlyOptions` says who counts.
   *
   * @param action such as `s3:GetObject`, without wildcards.
   * @param options who must be allowed the action, the resource, and condition keys of the request.
   * @throws if one of the principals is not allowed the action, or if somebody else is or might be, with an explanation.
   */
  public assertOnly(action: string, options: AssertOnlyOptions): void {
    checkOptions('AssertOnlyOptions', options);
    const { principals, exceptions = [], namedExceptions = [], ...question } = options;
    const asked = (option: string, all: PrincipalAccess[]) => all.map((one, i) => PrincipalAccess._askedIn(this.assignments, `${option}[${i}]`, one));
    assertOnly(this.assignments, action, question, {
      principals: asked('principals', principals), exceptions: asked('exceptions', exceptions), namedExceptions,
    });
  }

  /**
   * The trust policy of a role: of an `iam.Role`, a `ServiceAccountRole`, or any other construct that contains exactly one role.
   *
   * @param role the construct.
   * @throws if the construct contains no role or several, or if the role is not in the templates.
   */
  public trustPolicyOf(role: IConstruct): TrustPolicy {
    const { logicalId, template } = this.located('trustPolicyOf', 'trustPolicyNamed', role);
    return TrustPolicy._of(locateRole(this.assignments, logicalId, template));
  }

  /**
   * The trust policy of a role, like `trustPolicyOf`, but for a role that you name.
   *
   * @param role the logical ID or the name of the role, its ARN, or the path of a construct that contains exactly one role.
   * @throws if the role is not in the templates, or if several roles match.
   */
  public trustPolicyNamed(role: string): TrustPolicy {
    checkString('role', role);
    return TrustPolicy._of(locateRole(this.assignments, role));
  }

  private located(method: string, byName: string, role: IConstruct) {
    if (!Construct.isConstruct(role)) {
      throw new Error(`the argument of ${method} must be a construct: for a logical ID or a name, use ${byName}`);
    }
    return roleOf(role, this.assignments.templates);
  }

  private sessionsOf(role: string, template?: string): PrincipalAccess {
    return PrincipalAccess._of(findPrincipal(this.assignments, (assigned) => ({ kind: 'role', role: findRoleOfSessions(assigned, role, template) })));
  }

  private cluster(assigned: AssignedModel, name?: string): Cluster {
    return findCluster(assigned, name === undefined ? undefined : this.assignments.text(name, assigned));
  }
}
