import { URL_SUFFIXES } from '../resolution/pseudo-parameters';
import { Text } from '../values/text';

/** Of AWS Step Functions, roles can also trust the principal of a Region, as `states.us-west-2.amazonaws.com`. */
const OF_REGION = /^states\..*/;

/**
 * The principal of a service as it is in the partition `aws`: it is the same service in another partition, where its name can end in the domain of that, as
 * `ec2.amazonaws.com.cn`. Undefined if the name does not end in the domain of a partition.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
export function servicePrincipal(name: Text): Text | undefined {
  const { parts } = name;
  const last = parts[parts.length - 1];
  if (last === undefined) {
    return undefined;
  }
  const suffix = typeof last === 'string' ? URL_SUFFIXES.find((domain) => last.endsWith(`.${domain}`)) : last.label === 'AWS::URLSuffix' ? '' : undefined;
  if (suffix === undefined) {
    return undefined;
  }
  const [first, ...others] = typeof last === 'string' ? [...parts.slice(0, -1), last.slice(0, -suffix.length)] : parts.slice(0, -1);
  const service = typeof first === 'string' && OF_REGION.test(first) ? [Text.of('states.')] : [first, ...others].map(Text.ofPart);
  return Text.join([...service, Text.of('amazonaws.com')]);
}
