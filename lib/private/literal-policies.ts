import { IResolvable, IResolveContext, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PolicyValues } from './policy-values';

/** A policy document in which the values of tokens are literal. For aws-cdk, it is one like any other. */
export class LiteralPolicyDocument extends iam.PolicyDocument {
  /** @param place the name of the policy, for errors. */
  constructor(private readonly place: string, props: iam.PolicyDocumentProps) {
    super(props);
  }

  public resolve(context: IResolveContext): any {
    const policy = super.resolve(context);
    // if the CDK is only searching for references to other stacks, it finds them in the tokens
    return context.preparing ? policy : new PolicyValues(context.scope, policy).escaped(this.place, context.resolve(policy));
  }
}

/**
 * The ARN of a resource in which the values of tokens are literal, for a policy that aws-cdk writes.
 *
 * @param place the name of the ARN, for errors.
 */
export const literalArn = (place: string, arn: string): string => (Token.isUnresolved(arn) ? Token.asString(new LiteralArn(place, arn)) : arn);

class LiteralArn implements IResolvable {
  public readonly creationStack = [];

  constructor(private readonly place: string, private readonly arn: string) {}

  public resolve(context: IResolveContext): any {
    return context.preparing ? this.arn : new PolicyValues(context.scope, this.arn).escapedArn(this.place, context.resolve(this.arn));
  }
}
