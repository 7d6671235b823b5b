import { Stack, Stage } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { AccessAssumptions } from './access-assumptions';
import { NodeOptions, PodOptions, WorkloadOptions } from './access-options';
import { AccessFinding } from './access-reason';
import { PrincipalAccess } from './principal-access';
import { OUT_OF_SCOPE } from './private/answers/out-of-scope';
import { statedAssumptions } from './private/answers/stated-assumptions';
import { Assembly } from './private/assembly/assembly';
import { AssignedModel } from './private/assignments/assigned-model';
import { Assignments } from './private/assignments/assignments';
import { accessLines } from './private/baseline/access-lines';
import { allPrincipals } from './private/decisions/principals/all-principals';
import { findCluster, findNodes, findPods, findWorkload } from './private/decisions/principals/find-principals';
import { findPrincipal } from './private/decisions/principals/find-under-assignments';
import { checkAccount } from './private/decisions/principals/known-account';
import { allTrusts, locateRole } from './private/decisions/trust/all-trusts';
import { roleIn } from './private/decisions/trust/find-roles';
import { Side } from './private/diff/side';
import { sidesOf } from './private/diff/sides';
import { messageOf } from './private/findings/finding';
import { Cluster } from './private/model/model';
import { checkAccountName, checkRoleArn } from './private/questions/asked-account';
import { checkOptions, checkString } from './private/questions/check-options';
import { Text } from './private/values/text';
import { TrustPolicy } from './trust-policy';

/**
 * What pods can do in AWS, read from synthesized templates before a deployment.
 *
 * Out of scope are service and resource control policies, VPC endpoint policies, who can create pods or change objects in Kubernetes, and the resources of
 * templates that are not read.
 */
export class PodAccess {
  /** What answers do not consider, because templates do not show it: a sentence for reports. */
  public static readonly OUT_OF_SCOPE: string = OUT_OF_SCOPE;

  /**
   * Synthesizes and reads all stacks in the stage of a stack, because clusters and roles can be in different stacks. Define everything before: what you define
   * later is not read.
   *
   * @param stack a stack of your app.
   * @throws if the stack is not in an `App` or a `Stage`.
   */
  public static fromStack(stack: Stack): PodAccess {
    if (!Stack.isStack(stack)) {
      throw new Error('the argument of PodAccess.fromStack must be a Stack');
    }
    const stage = Stage.of(stack);
    if (!stage) {
      throw new Error(`${stack.node.path || 'the stack'} must be in an App or a Stage: PodAccess synthesizes all of its stacks`);
    }
    return new PodAccess(Assignments.read(Assembly.fromDirectory(stage.synth().directory), stack));
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

  /** What could not be read, and what you should know about the templates. */
  public readonly findings: AccessFinding[];

  private constructor(private readonly assignments: Assignments) {
    this.findings = assignments.findings.map((finding) => ({ id: finding.id, message: messageOf(finding), place: finding.place }));
  }

  /** @internal */
  public get _sides(): readonly Side[] {
    return sidesOf(this.assignments);
  }

  /**
   * All access, a line each.
   *
   * @internal
   */
  public get _lines(): readonly string[] {
    return accessLines(this._sides, this._assumed);
  }

  /**
   * The places of parts that are not read.
   *
   * @internal
   */
  public get _unreadPlaces(): readonly string[] {
    return this.assignments.findings.flatMap(({ gap }) => gap?.at ?? []);
  }

  /** @internal */
  public get _assumed(): readonly string[] {
    return statedAssumptions(this.assignments.assumptions);
  }

  /** The service accounts, workloads and nodegroups of the templates. */
  public get principals(): PrincipalAccess[] {
    return allPrincipals(this.assignments).map((asked) => PrincipalAccess._of(asked));
  }

  /** The trust policies of all roles of the templates. */
  public get trustPolicies(): TrustPolicy[] {
    return allTrusts(this.assignments).map((trust) => TrustPolicy._of(trust));
  }

  /**
   * The same access, with facts that you state because the templates do not show them. Every explanation lists them.
   *
   * @param assumptions the facts, in addition to those that were stated before.
   * @throws if they are about parameters or resources that the templates do not have, or if `clusterIssuers` does not fit the templates.
   */
  public assume(assumptions: AccessAssumptions): PodAccess {
    checkOptions('AccessAssumptions', assumptions);
    return new PodAccess(this.assignments.assume(assumptions));
  }

  /**
   * The pods of a service account, which need not be in the templates: see `PodOptions`.
   *
   * @param options the service account, and its cluster.
   * @throws if the cluster is not in the templates, or if the templates have several clusters and `cluster` is not set.
   */
  public pod(options: PodOptions): PrincipalAccess {
    checkOptions('PodOptions', options);
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
   * @throws if the workload is not in the templates.
   */
  public workload(options: WorkloadOptions): PrincipalAccess {
    checkOptions('WorkloadOptions', options);
    return PrincipalAccess._of(findPrincipal(this.assignments, (assigned) => findWorkload(assigned, this.cluster(assigned, options.cluster), {
      kind: options.kind,
      namespace: this.assignments.text(options.namespace ?? 'default', assigned),
      name: this.assignments.text(options.name, assigned),
    })));
  }

  /**
   * The nodes of a nodegroup of the templates, by its name or logical ID.
   *
   * @param nodegroupName the name of the nodegroup, or its logical ID.
   * @param options the cluster.
   * @throws if the nodegroup is not in the templates.
   */
  public node(nodegroupName: string, options: NodeOptions = {}): PrincipalAccess {
    checkString('nodegroupName', nodegroupName);
    checkOptions('NodeOptions', options);
    return PrincipalAccess._of(findPrincipal(this.assignments, (assigned) =>
      findNodes(assigned, this.cluster(assigned, options.cluster), this.assignments.text(nodegroupName, assigned))));
  }

  /**
   * The trust policy of a role: of an `iam.Role`, a `ServiceAccountRole`, or any other construct that contains exactly one role.
   *
   * @param role the construct.
   * @throws if the construct contains no role or several, or if the role is not in the templates.
   */
  public trustOf(role: IConstruct): TrustPolicy {
    if (!Construct.isConstruct(role)) {
      throw new Error('the argument of trustOf must be a construct: for a logical ID or a name, use trustOfRole');
    }
    const resource = roleIn(role);
    const { stack } = resource;
    const template = this.assignments.templates.of(stack);
    if (!template) {
      throw new Error(`${role.node.path} is not in the templates that were read: pass a role of their stacks`);
    }
    return TrustPolicy._of(locateRole(this.assignments, stack.resolve(resource.logicalId), template.file));
  }

  /**
   * The trust policy of a role, by its logical ID or its name.
   *
   * @param role the logical ID or the name of the role.
   * @throws if the role is not in the templates, or if several roles match.
   */
  public trustOfRole(role: string): TrustPolicy {
    checkString('role', role);
    return TrustPolicy._of(locateRole(this.assignments, role));
  }

  private cluster(assigned: AssignedModel, name?: string): Cluster {
    const text: Text | undefined = name === undefined ? undefined : this.assignments.text(name, assigned);
    return findCluster(assigned, text);
  }
}
