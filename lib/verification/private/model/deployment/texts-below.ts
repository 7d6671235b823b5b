import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';

/** A text, and the property of the resource or the object that has it, for messages. */
export interface TextBelow {
  readonly property: string;
  readonly text: Text;
}

/** Properties that decide neither about access nor about code. Passwords are keys of users, with rules of their own. */
const OF_DATA = /^(comment|description|environment(variables)?|scalingconfig|subnet(s|ids?)|securitygroup(s|ids?)|tags|vpcid|(?!source)\w*version)$|(password|secret)$/i;

/** All texts of a value, except those that are data, also below properties with other names of data. */
export const allTexts = (value: Resolved, property?: string, ofData?: RegExp): TextBelow[] => textsOf(value, { isWhole: true, property, ofData });

/** The texts below properties with some names, at any depth, except those that are data. */
export const textsBelow = (value: Resolved, names: readonly RegExp[]): TextBelow[] => textsOf(value, { isWhole: false, names });

interface Within {
  readonly isWhole: boolean;
  readonly names?: readonly RegExp[];
  readonly property?: string;
  readonly ofData?: RegExp;
}

function textsOf(value: Resolved, within: Within): TextBelow[] {
  if (value instanceof Text) {
    return within.isWhole ? [{ property: within.property ?? '', text: value }] : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => textsOf(item, within));
  }
  return value?.entries.flatMap(([name, inner]) => ofEntry(name, inner, within)) ?? [];
}

/** A name that only the deployment knows is a text, too. */
function ofEntry(name: Text, inner: Resolved, { isWhole: isInWhole, names = [], property = `${name}`, ofData }: Within): TextBelow[] {
  const { literal = '' } = name;
  const isNamed = names.some((one) => one.test(literal));
  if ((OF_DATA.test(literal) && !isNamed) || ofData?.test(literal)) {
    return [];
  }
  const isWhole = isInWhole || isNamed;
  const key = isWhole && name.literal === undefined ? [{ property, text: name }] : [];
  return [...key, ...textsOf(inner, { isWhole, names, property, ofData })];
}
