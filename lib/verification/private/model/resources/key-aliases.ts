import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { StackResource, StackResources } from '../stack-resources';

/**
 * The KMS keys of the aliases of the templates. They are read where they are needed, so that what is read with them also depends on the conditions of the aliases.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html
 */
export class KeyAliases {
  constructor(private readonly resources: StackResources) {}

  /** The ARN of the key that a resource names by its ID, its ARN or an alias. An alias that the templates do not have keeps its own ARN. */
  keyOf(resource: StackResource, name: Text): Text {
    const arn = arnOfKey(name, resource);
    const keys = this.resources.once('keys of aliases', () => readKeys(this.resources));
    return keys.get(name.key) ?? keys.get(arn.key) ?? arn;
  }
}

/** By what names each alias. */
function readKeys(resources: StackResources): ReadonlyMap<string, Text> {
  const keys = new Map<string, Text>();
  for (const alias of resources.ofType('AWS::KMS::Alias')) {
    const [name, key] = [textOf(alias.property('AliasName')), textOf(alias.property('TargetKeyId'))];
    if (name && key) {
      [alias.ref, arnOfKey(name, alias)].forEach((text) => keys.set(text.key, arnOfKey(key, alias)));
    }
  }
  return keys;
}

/** A key or an alias is named by its ARN, or by what its ARN ends with, in the account and Region of the resource that names it. */
function arnOfKey(name: Text, resource: StackResource): Text {
  if (name.startsWith('arn')) {
    return name;
  }
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => resource.pseudoParameter(parameter));
  const id = name.startsWith('alias') ? name : Text.join([Text.of('key/'), name]);
  return Text.join([Text.of('arn'), partition, Text.of('kms'), region, account, id], ':');
}
