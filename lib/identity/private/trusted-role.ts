import { Annotations, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { refuseCircularGrants } from './circular-grants';
import { RoleTrust } from './role-trust';
import { isDefinedHere } from './roles-of-this-app';
import { Trust, TrustedAccounts } from './trust';
import { TrustPolicyWriter } from './trust-policy';
import { trustPolicyErrors } from './trust-policy-errors';
import { issuerFor, TrustedIssuer } from './trusted-issuer';
import { areRolesCustomized } from '../../private/customized-roles';
import { within } from '../../private/errors';
import { IIrsaCluster } from '../irsa-cluster-interface';

/** By role: several constructs can add trust to one role, which has one trust policy. */
const TRUSTED = new WeakMap<iam.Role, TrustedRole>();

/**
 * A role whose trust policy is readable in the template for every issuer. The policy is written at synthesis, when all subjects are known.
 */
export class TrustedRole implements RoleTrust {
  /** Defines a role that trusts service accounts. */
  public static create(scope: Construct, id: string, accounts: TrustedAccounts, props: Omit<iam.RoleProps, 'assumedBy'>): TrustedRole {
    const trust = new Trust();
    const principals = trust.addAccounts(accounts, (cluster) => issuerIn(scope, cluster));
    const role = new iam.Role(scope, id, { ...props, assumedBy: new iam.CompositePrincipal(...principals) });
    const trusted = new TrustedRole(scope, role, trust);
    trusted.takeOver();
    return trusted;
  }

  /** The role as one that can trust service accounts; undefined if this app does not define its trust policy, as for an imported role. */
  public static of(role: iam.IRole): TrustedRole | undefined {
    return isDefinedHere(role) ? TRUSTED.get(role) ?? new TrustedRole(role, role, new Trust()) : undefined;
  }

  private isTakenOver = false;

  /** @param scope the role or its scope: errors and warnings must be there as long as the role is, whatever else is removed. */
  private constructor(private readonly scope: Construct, public readonly role: iam.Role, private readonly trust: Trust) {
    TRUSTED.set(role, this);
  }

  public get roleArn(): string {
    // with a report, the CDK returns the ARN of a role that a person has yet to create
    return this.resource && areRolesCustomized(this.role) ? this.resource.attrArn : this.role.roleArn;
  }

  public get audience(): string | undefined {
    return this.trust.audience;
  }

  public addTrust(accounts: TrustedAccounts): void {
    const principals = this.trust.addAccounts(accounts, (cluster) => issuerIn(this.role, cluster));
    this.takeOver();
    principals.forEach((principal) => principal.addToAssumeRolePolicy(this.role.assumeRolePolicy!));
    if (areRolesCustomized(this.role)) {
      Annotations.of(this.scope).addWarningV2('cdk-irsa:reported-trust', 'the report of iam.Role.customizeRoles contains the trust policy as it was when the role '
        + `was defined: also trust ${accounts.subjects.join(', ')} in the role that you create`);
    }
  }

  public addTrustPolicyStatements(statements: iam.PolicyStatement[]): void {
    if (!this.resource) {
      throw new Error('the trust policy is not part of this app, because iam.Role.customizeRoles has replaced this role with another role: add the statements to that role');
    }
    this.takeOver();
    this.role.assumeRolePolicy!.addStatements(...statements);
  }

  private get resource(): iam.CfnRole | undefined {
    return this.role.node.defaultChild as iam.CfnRole | undefined;
  }

  /** Writes the trust policy of the role instead of the CDK. Statements that the role already has remain. */
  private takeOver(): void {
    const { scope, role, resource, trust } = this;
    if (this.isTakenOver || !resource) {
      return;
    }
    const policy = role.assumeRolePolicy!;
    if (resource.assumeRolePolicyDocument !== policy) {
      throw new Error(`the trust policy of ${role.node.path} is set on its CfnRole, so that no trust can be added: set it with assumedBy and assumeRolePolicy of the role`);
    }
    const writer = new TrustPolicyWriter(policy, trust);
    resource.assumeRolePolicyDocument = Lazy.uncachedAny({ produce: (context) => within(scope, () => writer.write(context, 'document')) });
    scope.node.addValidation({ validate: () => trustPolicyErrors(scope, policy, trust, writer, Stack.of(role)) });
    refuseCircularGrants(role);
    this.isTakenOver = true;
  }
}

function issuerIn(scope: Construct, cluster: IIrsaCluster): TrustedIssuer {
  const stack = Stack.of(scope);
  const trusted = issuerFor(cluster, { stack, account: stack.account });
  checkReportable(scope, trusted);
  return trusted;
}

/** The report is written when the role is created, and cannot contain a condition key that is a token. */
function checkReportable(scope: Construct, { issuer }: TrustedIssuer): void {
  if (areRolesCustomized(scope) && Token.isUnresolved(issuer.value)) {
    throw new Error('iam.Role.customizeRoles cannot report this role, because its trust policy contains an issuer that is known only at deployment: '
      + 'call customizeRoles with a scope that does not contain the service accounts of this cluster');
  }
}
