import { IResolveContext, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CompletedText } from '../../private/completed-text';
import { refusal } from '../../private/errors';
import { IN_POLICY, IN_QUOTES } from '../../private/escapes';
import { warnOfNoEcho } from '../../private/no-echo';
import { PolicyValues } from '../../private/policy-values';

/** In characters. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html */
const MOST_CHARACTERS = 2048;

/** The policy as JSON, which CloudFormation completes if it contains tokens. It can change until the app is synthesized. */
export function sessionPolicyText(association: Construct, policy: iam.PolicyDocument): unknown {
  association.node.addValidation({ validate: () => errorsIn(association, policy) });
  // at first, the CDK is only searching for references to other stacks
  const prepared = (context: IResolveContext) => context.resolve(policy, { allowIntrinsicKeys: true });
  return Lazy.uncachedAny({ produce: (context) => (context.preparing ? prepared(context) : writtenPolicy(context, policy)) });
}

function writtenPolicy(context: IResolveContext, policy: iam.PolicyDocument): unknown {
  const values = new PolicyValues(context.scope, policy);
  const text = new CompletedText({ escapes: IN_POLICY, escapesOfLiterals: IN_QUOTES, isClosed: values.isClosed });
  const checked = values.checkedPolicy('sessionPolicy', context.resolve(policy, { allowIntrinsicKeys: true }));
  return text.complete(JSON.stringify(text.marked('sessionPolicy', checked)));
}

function errorsIn(association: Construct, policy: iam.PolicyDocument): string[] {
  warnOfNoEcho(association, policy, 'sessionPolicy', 'everyone who can describe the association can see it. Use another value');
  if (policy.isEmpty) {
    return ['sessionPolicy must contain at least one statement'];
  }
  const invalid = policy.validateForIdentityPolicy();
  if (invalid.length > 0) {
    return invalid.map((error) => `sessionPolicy: ${error}`);
  }
  const errors: string[] = [];
  Stack.of(association).resolve(Lazy.uncachedAny({
    produce: (context) => {
      try {
        const size = sizeOf(writtenPolicy(context, policy));
        errors.push(...(size > MOST_CHARACTERS ? [refusal('the length of sessionPolicy', size, `at most ${MOST_CHARACTERS} characters`).message] : []));
      } catch (error) {
        errors.push((error as Error).message); // if it were thrown out of here, the CDK would add its own text and stack traces
      }
      return undefined;
    },
  }));
  return errors;
}

/** Values that are known only at deployment count as empty, so that the size is never overstated. */
function sizeOf(completed: any): number {
  const text: string = [completed['Fn::Sub'] ?? completed].flat()[0];
  return text.replace(/\$\{[\w:]+\}/g, '').length;
}
