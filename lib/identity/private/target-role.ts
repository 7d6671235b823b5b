import { Annotations, Aws, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { isPolicy } from './circular-grants';
import { placeOfCluster } from './cluster-place';
import { ImportedRoleTrust } from './imported-role-trust';
import { canReferTo } from './role-references';
import { RoleTrust } from './role-trust';
import { checkNotLazy, isDefinedHere } from './roles-of-this-app';
import { sessionTags } from './session-tags';
import { TrustedRole } from './trusted-role';
import { clusterResourceOf } from '../../private/cluster-resource';
import { areRolesCustomized } from '../../private/customized-roles';
import { checkEnvironmentIsKnown } from '../../private/environments';
import { refusalWithoutValue } from '../../private/errors';
import { literalArn } from '../../private/literal-policies';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/** With the condition of the session tags or of the external ID, `sts:TagSession` allows nothing else. */
const ACTIONS = ['sts:AssumeRole', 'sts:TagSession'];

/**
 * The role whose permissions pods get: Amazon EKS assumes it with the role of their service account.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
export class TargetRole {
  /** Refuses a target role that the app cannot refer to. */
  public static check(scope: Construct, targetRole: iam.IRole): void {
    checkNotLazy(targetRole);
    const [here, there] = [Stack.of(scope), Stack.of(targetRole)];
    if (!canReferTo(here, targetRole)) {
      throw refusalWithoutValue(`roleName of ${targetRole.node.path}`, 'a literal',
        `stack ${there.node.path} has another account or region in its env than ${here.node.path}, where the association names the target role by its ARN`);
    }
    if (isDefinedHere(targetRole)) {
      checkEnvironmentIsKnown(there, here); // in its trust policy, AWS::AccountId would mean the account of the target role
    }
  }

  private readonly trust: RoleTrust;
  /** The ARN of the role of the service accounts, as the trust policy of the target role names it. */
  private readonly sourceArn: string;

  /**
   * @param role the role of the service accounts.
   * @throws if the target role is in another stack, and the role has no literal name.
   */
  constructor(scope: Construct, private readonly role: iam.IRole, private readonly targetRole: iam.IRole) {
    const ofThisApp = TrustedRole.of(targetRole);
    this.sourceArn = ofThisApp && isDefinedHere(role) && Stack.of(targetRole) !== Stack.of(role) ? composedArn(role, targetRole) : role.roleArn;
    this.trust = ofThisApp ?? new ImportedRoleTrust(new Construct(scope, 'TargetRole'), targetRole);
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ACTIONS, resources: [literalArn('targetRole', targetRole.roleArn)] }));
    if (!hasPolicy(role) && !areRolesCustomized(role)) {
      Annotations.of(scope).addWarningV2('cdk-irsa:target-role-permission', 'this app cannot change the policies of the role, because the role is imported or protected: '
        + `its owner must allow ${ACTIONS.join(' and ')} on the target role. Then acknowledge this warning on this construct`);
    }
  }

  /** Lets the role of a service account assume the target role for its pods. */
  public admit(cluster: IIrsaCluster, subject: ServiceAccountSubject, hasSessionTags: boolean): void {
    this.trust.addTrustPolicyStatements([new iam.PolicyStatement({
      actions: ACTIONS,
      principals: [new iam.AccountPrincipal(placeOfCluster(cluster).account)],
      conditions: {
        StringEquals: {
          ...(hasSessionTags
            ? sessionTags(this.clusterArn(cluster), subject.namespace, subject.serviceAccountName)
            : { 'sts:ExternalId': externalId(this.clusterName(cluster), cluster, subject) }),
          'aws:PrincipalArn': this.sourceArn, // not with ArnEquals, which matches wildcards: the ARN can be a value that is known only at deployment
        },
      },
    })]);
  }

  private clusterArn(cluster: IIrsaCluster): string {
    const { account, region } = placeOfCluster(cluster);
    return this.canReferToCluster(cluster) ? cluster.clusterArn : `arn:${Aws.PARTITION}:eks:${region}:${account}:cluster/${this.clusterName(cluster)}`;
  }

  private clusterName(cluster: IIrsaCluster): string {
    if (!this.canReferToCluster(cluster) && Token.isUnresolved(cluster.clusterName)) {
      throw refusalWithoutValue(`clusterName of ${cluster.node.path}`, 'a literal',
        `the target role ${this.targetRole.node.path} is in another stack, and its trust policy names the cluster`);
    }
    return cluster.clusterName;
  }

  /** Whether the trust policy can refer to the cluster. A role in the stack of the cluster already refers to the target role. */
  private canReferToCluster(cluster: IIrsaCluster): boolean {
    const resource = isDefinedHere(this.targetRole) ? clusterResourceOf(cluster, cluster.clusterArn) : undefined;
    if (!resource) {
      return true;
    }
    const [ofTarget, ofCluster] = [Stack.of(this.targetRole), Stack.of(resource)];
    return ofTarget === ofCluster || (ofTarget.environment === ofCluster.environment && Stack.of(this.role) !== ofCluster);
  }
}

/** A protected role says that it has added a statement, but has no policy. */
const hasPolicy = (role: iam.IRole) => role.node.findAll().some(isPolicy);

function externalId(clusterName: string, cluster: IIrsaCluster, { namespace, serviceAccountName }: ServiceAccountSubject): string {
  const { account, region } = placeOfCluster(cluster);
  return [region, account, clusterName, namespace, serviceAccountName].join('/');
}

/** A reference would make the stacks depend on each other, because the policy of the role refers to the target role. */
function composedArn(role: iam.IRole, targetRole: iam.IRole): string {
  const { roleName, path = '/' } = role.node.defaultChild as iam.CfnRole;
  if (roleName === undefined || Token.isUnresolved(roleName) || Token.isUnresolved(path)) {
    throw refusalWithoutValue('roleName', 'a literal', `the target role ${targetRole.node.path} is in another stack, and its trust policy names this role by its ARN`);
  }
  return `arn:${Aws.PARTITION}:iam::${Stack.of(role).account}:role${path}${roleName}`;
}
