import { Resolved, ResolvedMap } from '../../values/resolved';
import { isText, literalOf } from '../../values/text-parts';

/** Whether pods without host network reach the instance metadata, and with it the role of their node. */
export interface MetadataAccess {
  readonly podsReachMetadata: 'yes' | 'no' | 'unknown';
  /** Whether pods with host network do: no hop limit keeps them from it. */
  readonly hostNetworkReachesMetadata: 'yes' | 'no' | 'unknown';
  readonly why: string;
}

const yes = (why: string): MetadataAccess => ({ podsReachMetadata: 'yes', hostNetworkReachesMetadata: 'yes', why });
const no = (why: string): MetadataAccess => ({ podsReachMetadata: 'no', hostNetworkReachesMetadata: 'yes', why });
const unknown = (why: string): MetadataAccess => ({ podsReachMetadata: 'unknown', hostNetworkReachesMetadata: 'yes', why });

/** If nothing is known about the metadata options of the nodes. */
export const unknownMetadata = (why: string): MetadataAccess => ({ podsReachMetadata: 'unknown', hostNetworkReachesMetadata: 'unknown', why });

/**
 * With the `MetadataOptions` of a launch template, or of what else launches instances. A pod is two hops away. The hop limit is one of the response to the PUT
 * request of IMDSv2, so that it does not keep pods from IMDSv1. The account, or the AMI, decides about the options that are not set.
 *
 * @param where where the options are: `in launch template X`.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html#imds-considerations
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
 */
export function metadataWith(options: Resolved, where: string): MetadataAccess {
  if (options !== undefined && !(options instanceof ResolvedMap)) {
    return unknownMetadata(`the MetadataOptions ${where} are known only at deployment`);
  }
  const [endpoint, tokens, hopLimit] = ['HttpEndpoint', 'HttpTokens', 'HttpPutResponseHopLimit'].map((name) => options?.get(name));
  if (isText(endpoint, 'disabled') === 'yes') {
    return { ...no(`the instance metadata is disabled ${where}`), hostNetworkReachesMetadata: 'no' };
  }
  const access = withEndpoint(tokens, hopLimit, where);
  // nodes cannot join a cluster without instance metadata, so account-level settings are assumed not to disable it
  if (endpoint === undefined || isText(endpoint, 'enabled') === 'yes') {
    return access;
  }
  const open = { ...access, hostNetworkReachesMetadata: 'unknown' } as const;
  return access.podsReachMetadata === 'yes'
    ? { ...open, podsReachMetadata: 'unknown', why: `whether the instance metadata is enabled ${where} is known only at deployment` }
    : open;
}

function withEndpoint(tokens: Resolved, hopLimit: Resolved, where: string): MetadataAccess {
  const hops = Number(literalOf(hopLimit) ?? NaN);
  if (isText(tokens, 'optional') === 'yes') {
    return yes(`IMDSv1 is allowed ${where}, and the hop limit does not apply to it`);
  }
  if (hops >= 2) {
    return yes(`the hop limit is ${hops} ${where}`);
  }
  const open = [...(isText(tokens, 'required') === 'yes' ? [] : ['HttpTokens']), ...(hops === 1 ? [] : ['HttpPutResponseHopLimit'])];
  return open.length > 0
    ? unknown(`the template does not show ${open.join(' and ')} ${where}: the account or the AMI can decide`)
    : no(`the hop limit is 1 ${where}, and IMDSv2 is required`);
}

/**
 * Without a custom launch template: Amazon EKS sets the hop limit to 2, but to 1 for Amazon Linux 2023, which requires IMDSv2.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics
 * @see https://docs.aws.amazon.com/eks/latest/userguide/al2023.html
 */
export function metadataOfAmiType(amiType: Resolved): MetadataAccess {
  const literal = literalOf(amiType);
  if (literal === undefined) {
    return unknown('there is no launch template, and the template does not show the AMI type, on which the default hop limit depends');
  }
  if (literal.startsWith('AL2023_')) {
    return no(`there is no launch template, and the default hop limit of ${literal} is 1 with IMDSv2`);
  }
  return /^(AL2|BOTTLEROCKET|WINDOWS)_/.test(literal)
    ? yes(`there is no launch template, and the default hop limit of ${literal} is 2`)
    : unknown(`there is no launch template, and the default hop limit of ${literal} is not known`);
}

/**
 * The nodes of EKS Auto Mode. A node class cannot change their instance metadata. Whether pods with host network reach it is not documented.
 *
 * @see https://github.com/aws/containers-roadmap/issues/2498
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
 */
export const METADATA_OF_AUTO_MODE: MetadataAccess =
  { ...no('the nodes of EKS Auto Mode require IMDSv2 with a hop limit of 1'), hostNetworkReachesMetadata: 'unknown' };
