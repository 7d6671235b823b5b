import { Lazy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { placeOfCluster } from './cluster-place';
import { warnOfClusterRegion } from './cluster-region';
import { ControllerPods } from './controller-pods';
import { titleOf } from './controller-title';
import { packedStatements } from './packed-statements';
import { sizeOf } from './policy-size';
import { ControllerPolicyConfig, IControllerPolicy } from '../../policies';
import { refusalWithoutValue } from '../../private/errors';
import { LiteralPolicyDocument } from '../../private/literal-policies';
import { warnOfNoEcho } from '../../private/no-echo';
import { PolicyValues } from '../../private/policy-values';
import { checkType } from '../../private/props/check-props';
import { tokensIn } from '../../private/tokens-in';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { PodCredentials } from '../pod-credentials';
import { ServiceAccountSubject } from '../service-account-subject';

/** A cluster whose pods get the permissions of a role, and how they get its credentials. */
export interface ControllerCluster {
  readonly cluster: IIrsaCluster;
  /** The service accounts of the pods. */
  readonly subjects: readonly ServiceAccountSubject[];
  readonly credentials: PodCredentials;
}

/** The session tags with which Amazon EKS says whose session it is. IAM ignores case. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
const SESSION_TAG = /aws:PrincipalTag\/(?:eks-cluster-(?:arn|name)|kubernetes-(?:namespace|service-account|pod-name|pod-uid))(?![\w.:/=+@-])/i;
/** The name of the cluster of a session. */
const POLICY_VARIABLE = '${aws:PrincipalTag/eks-cluster-name}';

/**
 * By the role whose permissions pods get: with EKS Pod Identity, several roles can have the same target role. A role from `withoutPolicyUpdates` has the
 * resource of the role that it protects.
 */
const OF_ROLE = new WeakMap<IConstruct, ControllerPolicies>();

/**
 * The permissions of the controllers that use a role, in managed policies: `decisions/0028`. They are resources of their own, so that they can be about
 * resources that refer to the role.
 */
export class ControllerPolicies {
  /** Those of the role whose permissions pods get. */
  public static of(role: iam.IRole, { _definition: { podIdentityOptions } }: PodCredentials): ControllerPolicies {
    const holder = podIdentityOptions?.targetRole ?? role;
    const resource = holder.node.defaultChild ?? holder;
    const policies = OF_ROLE.get(resource) ?? new ControllerPolicies(holder);
    OF_ROLE.set(resource, policies);
    return policies;
  }

  private readonly statements: iam.PolicyStatement[] = [];
  /** In the order in which they were added. A cluster can be there several times. */
  private readonly clusters: ControllerCluster[] = [];
  private readonly clusterName = Lazy.uncachedString({ produce: () => (this.isShared ? POLICY_VARIABLE : this.first.cluster.clusterName) });
  private readonly region = Lazy.uncachedString({ produce: () => placeOfCluster(this.first.cluster).region });
  private readonly pods: ControllerPods;

  private constructor(private readonly role: iam.IRole) {
    this.pods = new ControllerPods(role);
  }

  /** @throws if the statements are bound to another cluster, and nothing tells IAM from which cluster a call is. */
  public addCluster(cluster: ControllerCluster): void {
    this.clusters.push(cluster);
    try {
      this.check();
    } catch (error) {
      this.clusters.pop();
      throw error;
    }
    this.pods.addSubjects(cluster.subjects);
  }

  /**
   * Adds the statements of policies.
   *
   * @returns the managed policies that contain them.
   * @throws if a policy has no statements, if the app cannot change the role, or if IAM cannot know the cluster that a statement names.
   */
  public add(scope: Construct, policies: IControllerPolicy[], { credentials }: ControllerCluster): iam.ManagedPolicy[] {
    if (policies.length === 0) {
      return [];
    }
    if (!iam.Role.isRole(this.role)) {
      throw refusalWithoutValue('controllerPolicies', `omitted with the targetRole ${this.role.node.path}`,
        'this app cannot change its policies: add the statements where the role is defined');
    }
    const statements = policies.flatMap((policy, i) => this.statementsOf(policy, i, credentials));
    this.statements.push(...statements);
    this.check();
    this.pods.addPolicies(policies);
    warnOfNoEcho(scope, statements.map((statement) => statement.toStatementJson()), 'controllerPolicies',
      'everyone who can read the managed policy can see it. Use another value');
    const description = `Permissions of controllers, for ${scope.node.path}`.slice(0, 1000);
    return packedStatements(statements, (statement) => this.sizeOf(statement))
      .map((packed) => new iam.ManagedPolicy(this.role, this.nextId(), {
        document: new LiteralPolicyDocument('controllerPolicies', { statements: packed }), roles: [this.role], description,
      }));
  }

  private get first(): ControllerCluster {
    return this.clusters[0];
  }

  private get isShared(): boolean {
    return new Set(this.clusters.map(({ cluster }) => cluster.clusterArn)).size > 1;
  }

  private statementsOf(policy: IControllerPolicy, i: number, credentials: PodCredentials): iam.PolicyStatement[] {
    const { usesIrsa, podIdentityOptions } = credentials._definition;
    const { clusterName, region } = this;
    const { partition } = Stack.of(this.role);
    const { account } = this.role.env;
    const config = policy.bind({ clusterName, partition, region, account, usesIrsa, usesPodIdentity: podIdentityOptions !== undefined });
    const statements = checkedStatements(titleOf(policy, i), config);
    const written = { Statement: statements.map((statement) => statement.toStatementJson()) };
    new PolicyValues(this.role, written).check(titleOf(policy, i), Stack.of(this.role).resolve(written)); // now, with the name of the policy in errors
    return statements.map((statement) => statement.copy()); // so that a policy can be used for several roles, and its author can change it afterwards
  }

  private check(): void {
    if (this.statements.length === 0) {
      return;
    }
    const written = this.statements.map((statement) => statement.toStatementJson()); // without freezing the statements
    const tokens = tokensIn(this.role, written);
    if (tokens.includes(tokenOf(this.region))) {
      this.checkSame('region');
      this.clusters.forEach(({ cluster }) => warnOfClusterRegion(this.role, cluster));
    }
    if (tokens.includes(tokenOf(this.clusterName)) && this.isShared) {
      this.checkSame('account'); // otherwise, two clusters could have the same name
      this.checkIsKnown();
    }
    const [sessionTag] = SESSION_TAG.exec(JSON.stringify(Stack.of(this.role).resolve(written))) ?? [];
    if (sessionTag && !this.clusters.every(hasSessionTags)) {
      throw refusalWithoutValue('controllerPolicies', `without ${sessionTag}`, 'only sessions of EKS Pod Identity with session tags have this tag; '
        + 'to use the name of the cluster, implement IControllerPolicy; if the role itself has the tag, put the statement into inlinePolicies');
    }
  }

  private checkIsKnown(): void {
    if (!this.clusters.every(hasSessionTags)) {
      throw refusalWithoutValue('cluster', `${this.first.cluster.node.path}, because controllerPolicies are bound to this cluster`,
        'define a role for each cluster, or use PodCredentials.podIdentity(), with session tags, for all of them');
    }
  }

  private checkSame(property: 'region' | 'account'): void {
    const [first, ...others] = this.clusters.map(({ cluster }) => placeOfCluster(cluster)[property]);
    if (others.some((other) => other !== first && ![first, other].some(Token.isUnresolved))) {
      throw refusalWithoutValue('cluster', `in the ${property} ${first}, as the first cluster of the role`, 'controllerPolicies depend on it: define another role');
    }
  }

  /** The name of the cluster counts as the policy variable in addition, because it is not known yet whether clusters share the role. */
  private sizeOf(statement: iam.PolicyStatement): number {
    const json = statement.toStatementJson();
    const names = tokensIn(this.role, json).filter((token) => token === tokenOf(this.clusterName)).length;
    return sizeOf(Stack.of(this.role).resolve(json)) + names * POLICY_VARIABLE.length;
  }

  private nextId(): string {
    return `ControllerPolicy${this.role.node.children.filter((child) => child instanceof iam.ManagedPolicy).length + 1}`;
  }
}

function checkedStatements(policy: string, config: ControllerPolicyConfig): iam.PolicyStatement[] {
  const result = `the result of bind() of ${policy}`;
  if (Token.isUnresolved(config?.statements)) { // also a PolicyDocument
    throw refusalWithoutValue(`${result}.statements`, 'a list of PolicyStatement, and neither a PolicyDocument nor a token');
  }
  checkType(result, 'cdk-irsa.policies.ControllerPolicyConfig', config);
  const { statements } = config;
  if (statements.length === 0) {
    throw refusalWithoutValue(policy, 'a policy with at least one statement');
  }
  const keys = statements.flatMap((statement) => Object.values<object>(statement.conditions)).flatMap(Object.keys);
  if (keys.some((key) => Token.isUnresolved(key))) {
    throw new Error(`${policy} cannot have a condition whose key is known only at deployment, because it could replace another key: use a literal`);
  }
  return statements;
}

const hasSessionTags = ({ credentials: { _definition: { usesIrsa, podIdentityOptions } } }: ControllerCluster) =>
  !usesIrsa && podIdentityOptions !== undefined && !podIdentityOptions.unsafeWithoutSessionTags;

const tokenOf = (text: string) => Tokenization.reverseString(text).firstToken!;
