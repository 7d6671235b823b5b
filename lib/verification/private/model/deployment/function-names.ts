import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { FUNCTION } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The functions of the templates, by what others call them: also by a version or an alias, whose code follows that of the function. */
export class FunctionNames {
  private readonly known: ReadonlyMap<string, StackResource>;

  constructor(resources: StackResources) {
    const functions = new Map(resources.ofType(FUNCTION).flatMap((one) => namesOf(one).map((name) => [name, one] as const)));
    const versions = resources.ofType('AWS::Lambda::Version', 'AWS::Lambda::Alias').flatMap((version) => {
      const own = functions.get(textOf(version.property('FunctionName'))?.key ?? '');
      return own ? namesOf(version).map((name) => [name, own] as const) : [];
    });
    this.known = new Map([...versions, ...functions]);
  }

  /** One with an ARN or a name, to which a version or an alias can be added. */
  withName({ key }: Text): StackResource | undefined {
    return this.known.get(key) ?? this.known.get(key.replace(/:[\w$-]+$/, ''));
  }
}

const namesOf = ({ arn, ref }: StackResource): string[] => [arn, ref].flatMap((name) => (name ? [name.key] : []));
