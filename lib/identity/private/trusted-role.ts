import { Annotations, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { refuseCircularGrants } from './circular-grants';
import { areRolesCustomized } from './customized-roles';
import { issuerOf, Trust, TrustedIssuer } from './trust';
import { TrustPolicyWriter } from './trust-policy';
import { trustPolicyErrors } from './trust-policy-errors';
import { checkEnvironmentIsKnown } from '../../private/environments';
import { within } from '../../private/errors';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/**
 * A role whose trust policy is readable in the template for every issuer. The policy is written at synthesis, when all subjects are known.
 */
export class TrustedRole {
  public readonly role: iam.Role;
  public readonly roleArn: string;
  private readonly trust = new Trust();

  constructor(private readonly scope: Construct, id: string, cluster: IIrsaCluster, subjects: ServiceAccountSubject[], props: Omit<iam.RoleProps, 'assumedBy'>) {
    const issuer = issuerOf(cluster);
    checkIssuer(scope, cluster, issuer);
    this.role = new iam.Role(scope, id, { ...props, assumedBy: new iam.CompositePrincipal(...this.trust.add(issuer, subjects)) });
    // with a report, the CDK returns the ARN of a role that a person has yet to create
    this.roleArn = this.resource && areRolesCustomized(scope) ? this.resource.attrArn : this.role.roleArn;
    if (this.resource) {
      this.writeTrustPolicy(this.resource);
    }
    refuseCircularGrants(this.role);
  }

  public addTrust(cluster: IIrsaCluster, subjects: ServiceAccountSubject[]): void {
    const issuer = issuerOf(cluster);
    checkIssuer(this.role, cluster, issuer);
    for (const principal of this.trust.add(issuer, subjects)) {
      this.role.assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: [principal.assumeRoleAction], principals: [principal] }));
    }
    if (areRolesCustomized(this.role)) {
      Annotations.of(this.scope).addWarningV2('cdk-irsa:reported-trust', 'the report of iam.Role.customizeRoles contains the trust policy as it was when the role '
        + `was defined: also trust ${subjects.join(', ')} in the role that you create`);
    }
  }

  public addTrustPolicyStatements(statements: iam.PolicyStatement[]): void {
    if (!this.resource) {
      throw new Error('the trust policy is not part of this app, because iam.Role.customizeRoles has replaced this role with another role: add the statements to that role');
    }
    this.role.assumeRolePolicy!.addStatements(...statements);
  }

  private get resource(): iam.CfnRole | undefined {
    return this.role.node.defaultChild as iam.CfnRole | undefined;
  }

  private writeTrustPolicy(resource: iam.CfnRole): void {
    const { scope, role, trust } = this;
    const writer = new TrustPolicyWriter(role.assumeRolePolicy!, trust);
    resource.assumeRolePolicyDocument = Lazy.uncachedAny({ produce: (context) => within(scope, () => writer.write(context).document) });
    scope.node.addValidation({ validate: () => trustPolicyErrors(scope, role, trust, writer) });
  }
}

function checkIssuer(scope: Construct, cluster: IIrsaCluster, issuer: TrustedIssuer): void {
  checkReportable(scope, issuer);
  checkAccount(scope, issuer);
  if (Token.isUnresolved(issuer.issuer.value) || Token.isUnresolved(issuer.openIdConnectProviderArn)) {
    checkEnvironmentIsKnown(Stack.of(scope), Stack.of(cluster));
  }
}

/** The report is written when the role is created, and cannot contain a condition key that is a token. */
function checkReportable(scope: Construct, { issuer }: TrustedIssuer): void {
  if (areRolesCustomized(scope) && Token.isUnresolved(issuer.value)) {
    throw new Error('iam.Role.customizeRoles cannot report this role, because its trust policy contains an issuer that is known only at deployment: '
      + 'call customizeRoles with a scope that does not contain the service accounts of this cluster');
  }
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html */
function checkAccount(scope: Construct, { openIdConnectProviderArn }: TrustedIssuer): void {
  const { account } = Stack.of(scope);
  const [, providerAccount = account] = /^arn:[^:]+:iam::(\d{12}):/.exec(openIdConnectProviderArn) ?? [];
  if (!Token.isUnresolved(account) && providerAccount !== account) {
    throw new Error(`openIdConnectProviderArn is in AWS account ${providerAccount}, but must be in ${account}, the account of the role: `
      + 'create an IAM OIDC provider for the issuer in that account');
  }
}
