import { DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Lazy, Reference, StringConcat, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { looksLikeIntrinsic } from './intrinsics';

export interface ResolvedToken {
  readonly token: IResolvable;
  /** What the token resolves to. */
  readonly resolved: unknown;
}

/** The tokens in a value, including those that other tokens resolve to. The resolved value does not show which tokens it contained. */
export const tokensIn = (scope: IConstruct, value: unknown): IResolvable[] => resolvedTokensIn(scope, value).map(({ token }) => token);

/** The same with what each token resolves to. */
export function resolvedTokensIn(scope: IConstruct, value: unknown): ResolvedToken[] {
  const finder = new Finder(new StringConcat());
  const withKeys = Lazy.uncachedAny({ produce: (context) => context.resolve(value, { allowIntrinsicKeys: true }) });
  Tokenization.resolve(withKeys, { scope, resolver: finder, preparing: true });
  return finder.found;
}

class Finder extends DefaultTokenResolver {
  public readonly found: ResolvedToken[] = [];

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    const resolved = super.resolveToken(token, context, postProcessor);
    this.found.push({ token, resolved });
    return resolved;
  }
}

/**
 * The references in a value, which show their targets without being resolved. Undefined if the value has other tokens, or functions of CloudFormation that the
 * app writes itself. Most values have only references, and resolving is most of the work of a synthesis.
 */
export function onlyReferencesIn(value: unknown): Reference[] | undefined {
  if (typeof value === 'string') {
    const { tokens } = Tokenization.reverseString(value);
    return tokens.every(isReference) ? tokens : undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return Token.isUnresolved(value) ? undefined : [];
  }
  if (Token.isUnresolved(value)) {
    return isReference(value) ? [value] : undefined;
  }
  if (looksLikeIntrinsic(value) || Object.keys(value).some((key) => Token.isUnresolved(key))) {
    return undefined;
  }
  const found: Reference[] = [];
  for (const item of Object.values(value)) {
    const references = onlyReferencesIn(item);
    if (!references) {
      return undefined;
    }
    found.push(...references);
  }
  return found;
}

const isReference = (token: unknown): token is Reference => Reference.isReference(token);
