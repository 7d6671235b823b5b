import {
  CfnParameter, CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Token, Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isClosedParameter } from './closed-parameters';
import { CLOSED_RESOURCES, ClosedAttributes } from './closed-resources';
import { hasDynamicReference } from './dynamic-references';
import { isPseudoParameter, looksLikeIntrinsic } from './intrinsics';
import { propertiesOf } from './resource-properties';
import { hasSpecialCharacters } from './special-characters';

/** Functions whose results have no characters with a meaning, unless their arguments do. */
const FUNCTIONS = ['Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::If', 'Fn::Base64', 'Fn::Cidr', 'Fn::GetAZs'];

/**
 * Whether someone who sets a value of the deployment could put characters with a meaning into a value: `*`, `?`, `$`, quotes. AWS limits the
 * characters of what is closed. Everything that is not known to be closed is open. Literals are closed: they are what the author wants.
 */
export function isOpen(scope: IConstruct, value: unknown): boolean {
  const judge = new Judge();
  const resolved = Tokenization.resolve(value, { scope, resolver: judge, preparing: true });
  return judge.foundOpen || !isClosedData(resolved);
}

/** Replaces each reference, wherever its resource is, so that what remains is data of the app. */
class Judge extends DefaultTokenResolver {
  public foundOpen = false;

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    const closedReference = Reference.isReference(token) && isClosedReference(token) && !isFromOtherRegion(token, context.scope);
    const resolved = closedReference ? '' : super.resolveToken(token, context, postProcessor);
    this.foundOpen ||= !isClosedData(resolved);
    return resolved;
  }
}

/**
 * Whether the value passes through the Parameter Store, where others can change it.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/resources.html#resources-referencing-cross-region
 */
const isFromOtherRegion = ({ target }: Reference, scope: IConstruct) => regionOf(target) !== regionOf(scope);

/** For aws-cdk, all regions that are known only at deployment are the same. */
function regionOf(construct: IConstruct): string | undefined {
  const { region } = Stack.of(construct);
  return Token.isUnresolved(region) ? undefined : region;
}

function isClosedReference({ target, displayName }: Reference): boolean {
  if (target instanceof CfnParameter) {
    return isClosedParameter(target);
  }
  if (!CfnResource.isCfnResource(target)) {
    return displayName.startsWith('AWS::'); // a pseudo parameter
  }
  const { Type } = overridesOf(target);
  const { attributes, with: properties = {} }: ClosedAttributes = CLOSED_RESOURCES[Type ?? target.cfnResourceType] ?? { attributes: [] };
  return attributes.includes(displayName) || (displayName in properties && hasNoSpecialCharacters(target, properties[displayName]));
}

/** Whether neither a token nor a literal in a property has characters with a meaning. */
function hasNoSpecialCharacters(resource: CfnResource, property: string): boolean {
  const { Properties: overrides = {} } = overridesOf(resource);
  const given = propertiesOf(resource);
  if ([...Object.keys(overrides), ...Object.keys(given)].some((name) => name.startsWith('Fn::'))) {
    return false; // Fn::Transform can add any property
  }
  const values = [overrides[property], given[property], given[property[0].toLowerCase() + property.slice(1)]].filter((value) => value !== undefined);
  return values.every((value) => !isOpen(resource, value) && !hasSpecialCharacters(resource.stack.resolve(value)));
}

interface Overrides {
  readonly Type?: string;
  readonly Properties?: { readonly [property: string]: unknown };
}

/** What the app has set with `addOverride`. */
const overridesOf = (resource: CfnResource) => (resource as unknown as { readonly rawOverrides: Overrides }).rawOverrides;

/** Whether what remains after tokens were replaced has no function that returns other values. */
function isClosedData(value: unknown): boolean {
  if (typeof value === 'string') {
    return !hasDynamicReference(value);
  }
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  if (looksLikeIntrinsic(value) && !isPseudoParameter(value) && !FUNCTIONS.some((name) => name in value)) {
    return false;
  }
  return Object.values(value).every(isClosedData);
}
