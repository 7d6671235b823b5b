import { Annotations, CfnOutput, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RoleTrust } from './role-trust';
import { Trust, TrustedAccounts } from './trust';
import { TrustPolicyWriter } from './trust-policy';
import { trustPolicyErrors } from './trust-policy-errors';
import { issuerFor } from './trusted-issuer';
import { within } from '../../private/errors';

const OUTPUT = 'TrustPolicy';

/**
 * The trust that the owner of a role must add, because this app cannot change the trust policy of the role. A warning and an output of the
 * stack say so as soon as there is something to add.
 */
export class ImportedRoleTrust implements RoleTrust {
  private readonly trust = new Trust();
  private readonly policy = new iam.PolicyDocument();
  /** What the owner of the role must add to its trust policy, as JSON. */
  private readonly document: string;

  constructor(private readonly scope: Construct, private readonly role: iam.IRole) {
    const { policy, trust } = this;
    const writer = new TrustPolicyWriter(policy, trust);
    this.document = Token.asString(Lazy.uncachedAny({ produce: (context) => within(scope, () => writer.write(context, 'json')) }));
    scope.node.addValidation({ validate: () => (policy.isEmpty ? [] : trustPolicyErrors(scope, policy, trust, writer, Stack.of(scope))) });
  }

  public get audience(): string | undefined {
    return this.trust.audience;
  }

  public addTrust(accounts: TrustedAccounts): void {
    const place = { stack: Stack.of(this.scope), account: this.role.env.account };
    const principals = this.trust.addAccounts(accounts, (cluster) => issuerFor(cluster, place));
    principals.forEach((principal) => principal.addToAssumeRolePolicy(this.policy));
    this.report();
  }

  public addTrustPolicyStatements(statements: iam.PolicyStatement[]): void {
    this.policy.addStatements(...statements);
    this.report();
  }

  /** Says what the owner of the role must add, once there is something to add. */
  private report(): void {
    if (!this.policy.isEmpty && !this.scope.node.tryFindChild(OUTPUT)) {
      const output = new CfnOutput(this.scope, OUTPUT, {
        value: this.document,
        description: `What the owner of the role of ${this.scope.node.path} must add to its trust policy`,
      });
      // on a child, because aws-cdk recognizes an earlier acknowledgement on the scopes of the construct only
      Annotations.of(output).addWarningV2('cdk-irsa:imported-role',
        'this app cannot change the trust policy of the role, because the role is imported or protected: ask its owner to add the statements '
        + `in output ${output.stack.getLogicalId(output)} of this stack. Then acknowledge this warning on the construct that contains it: `
        + 'Annotations.of(construct).acknowledgeWarning(\'cdk-irsa:imported-role\')');
    }
  }
}
