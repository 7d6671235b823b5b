import { IResolveContext, Lazy, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CompletedText } from '../../private/completed-text';
import { within } from '../../private/errors';
import { IN_QUOTES } from '../../private/escapes';
import { warnOfNoEcho } from '../../private/no-echo';
import { checkPlainData } from '../../private/plain-data';

type Values = { readonly [key: string]: unknown };

/** The values as JSON, which CloudFormation completes if they contain tokens. */
export function configurationText(addon: Construct, values: Values): string {
  within(addon, () => checkPlainData('configurationValues', values));
  warnOfNoEcho(addon, values, 'configurationValues', 'everyone who can describe the add-on can see it. Store the secret elsewhere, for example in AWS Secrets Manager');
  return Token.asString(Lazy.uncachedAny({ produce: (context) => within(addon, () => writtenValues(context, values)) }));
}

function writtenValues(context: IResolveContext, values: Values): unknown {
  const text = new CompletedText({ escapes: IN_QUOTES });
  return text.complete(JSON.stringify(text.marked('configurationValues', context.resolve(values, { allowIntrinsicKeys: true }))));
}
