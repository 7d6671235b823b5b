import { Annotations, CfnParameter, Reference, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isPseudoParameter, looksLikeIntrinsic } from './intrinsics';
import { onlyReferencesIn, resolvedTokensIn } from './tokens-in';

/** Whether a value contains the value of a NoEcho parameter, which AWS hides only where it shows parameters. */
export function containsNoEcho(scope: IConstruct, value: unknown): boolean {
  const references = onlyReferencesIn(value);
  if (references) {
    return references.some(isNoEcho);
  }
  const tokens = resolvedTokensIn(scope, value);
  if (tokens.some(({ token }) => Reference.isReference(token) && isNoEcho(token))) {
    return true;
  }
  const referred = new Set(tokens.flatMap(({ token, resolved }) => (Reference.isReference(token) ? namesIn(resolved) : [])));
  const written = new Set(tokens.flatMap(({ token, resolved }) => (Reference.isReference(token) ? [] : namesIn(resolved))));
  const named = [...written].filter((name) => !referred.has(name)); // their targets have been looked at
  return named.length > 0 && noEchoParameters(Stack.of(scope)).some((name) => named.includes(name));
}

const isNoEcho = ({ target }: Reference): boolean => target instanceof CfnParameter && target.noEcho;

/**
 * Warns of the value of a NoEcho parameter.
 *
 * @param what what can contain it.
 * @param consequence who can read it, and the fix.
 */
export function warnOfNoEcho(scope: IConstruct, value: unknown, what: string, consequence: string): void {
  if (containsNoEcho(scope, value)) {
    Annotations.of(scope).addWarningV2('cdk-irsa:no-echo', `${what} contains the value of a NoEcho parameter: ${consequence}`);
  }
}

/** The names in each `Ref` and `Fn::Sub` that the app writes itself, except for those of pseudo parameters, which many apps have in each object. */
function namesIn(resolved: unknown): string[] {
  if (typeof resolved !== 'object' || resolved === null || (looksLikeIntrinsic(resolved) && isPseudoParameter(resolved))) {
    return [];
  }
  const { Ref: name, 'Fn::Sub': sub = '' } = looksLikeIntrinsic(resolved) ? resolved : {};
  const [body] = [sub].flat();
  return [
    ...(typeof name === 'string' ? [name] : []),
    ...(typeof body === 'string' ? [...body.matchAll(/\$\{(\w+)\}/g)].map(([, variable]) => variable) : []),
    ...Object.values(resolved).flatMap(namesIn),
  ];
}

const noEchoParameters = (stack: Stack) => stack.node.findAll()
  .filter((construct): construct is CfnParameter => construct instanceof CfnParameter && construct.noEcho && construct.stack === stack)
  .map((parameter) => stack.resolve(parameter.logicalId) as string);
