import { DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Lazy, StringConcat, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The tokens in a value, including those that other tokens resolve to. The resolved value does not show which tokens it contained. */
export function tokensIn(scope: IConstruct, value: unknown): IResolvable[] {
  const finder = new Finder(new StringConcat());
  const withKeys = Lazy.uncachedAny({ produce: (context) => context.resolve(value, { allowIntrinsicKeys: true }) });
  Tokenization.resolve(withKeys, { scope, resolver: finder, preparing: true });
  return finder.found;
}

class Finder extends DefaultTokenResolver {
  public readonly found: IResolvable[] = [];

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    this.found.push(token);
    return super.resolveToken(token, context, postProcessor);
  }
}
