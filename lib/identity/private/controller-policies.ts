import { Lazy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { placeOfCluster } from './cluster-place';
import { packedStatements } from './packed-statements';
import { IControllerPolicy } from '../../policies';
import { refusalWithoutValue } from '../../private/errors';
import { tokensIn } from '../../private/tokens-in';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { PodCredentials } from '../pod-credentials';

/** A cluster whose pods use the role of a controller, and how they get its credentials. */
interface Use {
  readonly cluster: IIrsaCluster;
  readonly credentials: PodCredentials;
}

/** The session tag in which Amazon EKS names the cluster of a pod. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
const SESSION_TAG = 'aws:PrincipalTag/eks-cluster-name';

/**
 * The permissions of controllers, in managed policies: `decisions/0028`. They are resources of their own, so that they can be about resources that refer
 * to the role.
 */
export class ControllerPolicies {
  /** The policies of the role that contain the statements. */
  public readonly managedPolicies: iam.ManagedPolicy[];

  private readonly statements: iam.PolicyStatement[];
  /** By the ARN of the cluster. */
  private readonly uses = new Map<string, Use>();
  private readonly clusterName = Lazy.uncachedString({ produce: () => this.nameOfCluster });

  /**
   * @param scope the construct of the role.
   * @param role the role whose permissions the pods get.
   * @throws if a policy has no statements, or if IAM cannot know the cluster that a statement names.
   */
  constructor(private readonly scope: Construct, role: iam.IRole, policies: IControllerPolicy[], private readonly first: Use) {
    this.uses.set(first.cluster.clusterArn, first);
    if (policies.length > 0 && !iam.Role.isRole(role)) {
      throw refusalWithoutValue('controllerPolicies', `omitted with the targetRole ${role.node.path}`, 'this app cannot change its policies: add the statements where the role is defined');
    }
    this.statements = policies.flatMap((policy, i) => this.statementsOf(policy, i, role));
    this.checkSessionTag();
    this.managedPolicies = packedStatements(Stack.of(scope), this.statements).map((statements) => new iam.ManagedPolicy(role, nextId(role), {
      statements, roles: [role], description: `Permissions of controllers, for ${scope.node.path}`.slice(0, 1000),
    }));
  }

  /** @throws if the statements are bound to the first cluster, and nothing tells IAM from which cluster a call is. */
  public addCluster(use: Use): void {
    const { cluster } = use;
    if (this.statements.length === 0) {
      return;
    }
    checkPlace(use, this.first);
    const uses = new Map([...this.uses, [cluster.clusterArn, use]]);
    const isBound = tokensIn(this.scope, this.written).includes(tokenOf(this.clusterName));
    if (isBound && uses.size > 1 && ![...uses.values()].every(hasSessionTags)) {
      throw refusalWithoutValue('cluster', `${this.first.cluster.node.path}, because controllerPolicies are bound to this cluster`,
        'define a role for each cluster, or use PodCredentials.podIdentity(), with session tags, for all of them');
    }
    this.uses.set(cluster.clusterArn, use);
    this.checkSessionTag();
  }

  private get nameOfCluster(): string {
    return this.uses.size > 1 ? `\${${SESSION_TAG}}` : this.first.cluster.clusterName;
  }

  /** Without a resolution of the statements, after which nobody could change them. */
  private get written(): unknown[] {
    return this.statements.map((statement) => statement.toStatementJson());
  }

  private statementsOf(policy: IControllerPolicy, i: number, role: iam.IRole): iam.PolicyStatement[] {
    const { cluster, credentials: { usesIrsa, podIdentityOptions } } = this.first;
    const statements = policy.statements({
      clusterName: this.clusterName,
      partition: Stack.of(this.scope).partition,
      region: placeOfCluster(cluster).region,
      account: role.env.account,
      usesIrsa,
      usesPodIdentity: podIdentityOptions !== undefined,
    });
    if (statements.length === 0) {
      throw refusalWithoutValue(`controllerPolicies[${i}]`, 'a policy with at least one statement');
    }
    return statements.map((statement) => statement.copy()); // so that a policy can be used for several roles, and its author can change it afterwards
  }

  /** Under IRSA, and without session tags, no request has the tag: the controller would be denied everything, or a `Deny` would deny nothing. */
  private checkSessionTag(): void {
    const isUsed = JSON.stringify(Stack.of(this.scope).resolve(this.written)).includes(SESSION_TAG);
    if (isUsed && ![...this.uses.values()].every(hasSessionTags)) {
      throw refusalWithoutValue('controllerPolicies', `without \${${SESSION_TAG}}`,
        'only sessions of EKS Pod Identity have this tag, unless unsafeWithoutSessionTags is set; use clusterName of the context');
    }
  }
}

const hasSessionTags = ({ credentials: { usesIrsa, podIdentityOptions } }: Use) =>
  !usesIrsa && podIdentityOptions !== undefined && !podIdentityOptions.unsafeWithoutSessionTags;

/** A role can have the policies of several constructs: the target role of EKS Pod Identity. */
const nextId = (role: iam.IRole) => `ControllerPolicy${role.node.children.filter((child) => child instanceof iam.ManagedPolicy).length + 1}`;

/** ARNs contain the Region, and clusters in different AWS accounts can have the same name. */
function checkPlace({ cluster }: Use, first: Use): void {
  const [place, other] = [first.cluster, cluster].map(placeOfCluster);
  for (const property of ['region', 'account'] as const) {
    if (place[property] !== other[property] && !Token.isUnresolved(place[property]) && !Token.isUnresolved(other[property])) {
      throw refusalWithoutValue('cluster', `in the ${property} ${place[property]}, that of the first cluster`, 'controllerPolicies are for one AWS account and Region: define another role');
    }
  }
}

const tokenOf = (text: string) => Tokenization.reverseString(text).firstToken!;
