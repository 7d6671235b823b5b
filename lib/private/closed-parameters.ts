import type { CfnParameter } from 'aws-cdk-lib';
import { hasSpecialCharacters } from './special-characters';

/**
 * Types whose values CloudFormation compares with what is in the account, or parses. Names of key pairs and security groups are open: they
 * can contain `*`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
const CLOSED_TYPES = [
  'Number', 'AWS::EC2::AvailabilityZone::Name', 'AWS::EC2::Image::Id', 'AWS::EC2::Instance::Id', 'AWS::EC2::SecurityGroup::Id', 'AWS::EC2::Subnet::Id',
  'AWS::EC2::VPC::Id', 'AWS::EC2::Volume::Id', 'AWS::Route53::HostedZone::Id',
];

/**
 * Such a parameter has the name of a parameter in the Parameter Store, and its constraints are for that name: whoever writes to the Parameter Store decides the value.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html#aws-ssm-parameter-types
 */
const IN_PARAMETER_STORE = /^AWS::SSM::Parameter::Value</;

const SET = String.raw`\[(?:\\[dw.]|[a-z]-[a-z]|[A-Z]-[A-Z]|\d-\d|[\w:/.@=+,])*-?\]`;
const CHARACTER = String.raw`\\[dw./-]|[\w:/@=,-]`;
const QUANTIFIER = String.raw`(?:[?*+]|\{\d+(?:,\d*)?\})?`;
/**
 * A regular expression that matches only letters, digits and `_:/.@=+,-`. CloudFormation compares it with the whole value.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
const CLOSED_PATTERN = new RegExp(String.raw`^(?!$)\^?(?:\((?:\?:)?|\||(?:${SET}|${CHARACTER}|\))${QUANTIFIER})*\$?$`);

/** Whether nobody can give a parameter a value with special characters. A secret counts as open, so that it is noticed. */
export function isClosedParameter({ type, allowedValues = [], allowedPattern, noEcho }: CfnParameter): boolean {
  if (noEcho) {
    return false;
  }
  const item = /^List<(.+)>$/.exec(type)?.[1] ?? type;
  return CLOSED_TYPES.includes(item)
    || (!IN_PARAMETER_STORE.test(type) && allowedValues.length > 0 && !hasSpecialCharacters(allowedValues))
    || (type === 'String' && allowedPattern !== undefined && CLOSED_PATTERN.test(allowedPattern));
}
