import { Annotations, Aws, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { isPolicy } from './circular-grants';
import { placeOf } from './cluster-place';
import { ImportedRoleTrust } from './imported-role-trust';
import { canReferTo } from './role-references';
import { RoleTrust } from './role-trust';
import { checkNotLazy, isDefinedHere } from './roles-of-this-app';
import { sessionTags } from './session-tags';
import { TrustedRole } from './trusted-role';
import { areRolesCustomized } from '../../private/customized-roles';
import { refusalWithoutValue } from '../../private/errors';
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
  }

  private readonly trust: RoleTrust;
  /** The ARN of the role of the service accounts, as the trust policy of the target role names it. */
  private readonly sourceArn: string;

  /**
   * @param role the role of the service accounts.
   * @throws if the target role is in another stack, and the role has no literal name.
   */
  constructor(scope: Construct, role: iam.IRole, targetRole: iam.IRole) {
    const ofThisApp = TrustedRole.of(targetRole);
    this.sourceArn = ofThisApp && isDefinedHere(role) && Stack.of(targetRole) !== Stack.of(role) ? composedArn(role, targetRole) : role.roleArn;
    this.trust = ofThisApp ?? new ImportedRoleTrust(new Construct(scope, 'TargetRole'), targetRole);
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ACTIONS, resources: [targetRole.roleArn] }));
    if (!hasPolicy(role) && !areRolesCustomized(role)) {
      Annotations.of(scope).addWarningV2('cdk-irsa:target-role-permission', 'this app cannot change the policies of the role, because the role is imported or protected: '
        + `its owner must allow ${ACTIONS.join(' and ')} on the target role. Then acknowledge this warning on this construct`);
    }
  }

  /** What the owner of the target role must add to its trust policy; undefined if this app writes the policy. */
  public get document(): string | undefined {
    return this.trust.document;
  }

  /** Lets the role of a service account assume the target role for its pods. */
  public admit(cluster: IIrsaCluster, subject: ServiceAccountSubject, hasSessionTags: boolean): void {
    this.trust.addTrustPolicyStatements([new iam.PolicyStatement({
      actions: ACTIONS,
      principals: [new iam.AccountPrincipal(placeOf(cluster).account)],
      conditions: {
        StringEquals: hasSessionTags ? sessionTags(cluster, subject.namespace, subject.serviceAccountName) : { 'sts:ExternalId': externalId(cluster, subject) },
        ArnEquals: { 'aws:PrincipalArn': this.sourceArn },
      },
    })]);
  }
}

/** A protected role says that it has added a statement, but has no policy. */
const hasPolicy = (role: iam.IRole) => role.node.findAll().some(isPolicy);

function externalId(cluster: IIrsaCluster, { namespace, serviceAccountName }: ServiceAccountSubject): string {
  const { account, region } = placeOf(cluster);
  return [region, account, cluster.clusterName, namespace, serviceAccountName].join('/');
}

/** A reference would make the stacks depend on each other, because the policy of the role refers to the target role. */
function composedArn(role: iam.IRole, targetRole: iam.IRole): string {
  const { roleName, path = '/' } = role.node.defaultChild as iam.CfnRole;
  if (roleName === undefined || Token.isUnresolved(roleName) || Token.isUnresolved(path)) {
    throw refusalWithoutValue('roleName', 'a literal', `the target role ${targetRole.node.path} is in another stack, and its trust policy names this role by its ARN`);
  }
  return `arn:${Aws.PARTITION}:iam::${Stack.of(role).account}:role${path}${roleName}`;
}
