import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

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

/** By what names each alias. Which key it has is not known if several aliases have one name. */
function readKeys(resources: StackResources): ReadonlyMap<string, Text | undefined> {
  const keys = new Map<string, Text | undefined>();
  for (const alias of resources.ofType('AWS::KMS::Alias')) {
    const [name, key] = [textOf(alias.property('AliasName')), textOf(alias.property('TargetKeyId'))];
    if (name && key) {
      const own = arnOfKey(key, alias);
      const names = new Set([alias.ref, arnOfKey(name, alias)].map((text) => text.key));
      names.forEach((text) => keys.set(text, isOther(keys, text, own) ? undefined : own));
    }
  }
  return keys;
}

const isOther = (keys: ReadonlyMap<string, Text | undefined>, alias: string, key: Text) => keys.has(alias) && keys.get(alias)?.key !== key.key;

/** A key or an alias is named by its ARN, or by what its ARN ends with, in the account and Region of the resource that names it. */
function arnOfKey(name: Text, resource: StackResource): Text {
  if (name.startsWith('arn')) {
    return name;
  }
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => resource.pseudoParameter(parameter));
  const id = name.startsWith('alias') ? name : Text.join([Text.of('key/'), name]);
  return Text.join([Text.of('arn'), partition, Text.of('kms'), region, account, id], ':');
}
