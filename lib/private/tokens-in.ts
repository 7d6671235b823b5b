import { DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Lazy, StringConcat, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

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
