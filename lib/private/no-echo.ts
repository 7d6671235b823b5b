import { CfnParameter, Reference } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { tokensIn } from './tokens-in';

/** Whether a value contains the value of a NoEcho parameter, which AWS hides only where it shows parameters. */
export const containsNoEcho = (scope: IConstruct, value: unknown): boolean =>
  tokensIn(scope, value).some((token) => Reference.isReference(token) && token.target instanceof CfnParameter && token.target.noEcho);
