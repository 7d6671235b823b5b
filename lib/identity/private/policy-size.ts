import { looksLikeIntrinsic } from '../../private/intrinsics';

/** Longer than the names and ARNs that CloudFormation generates, so that a size is not understated. */
const UNKNOWN_LENGTH = 200;

/** The longest that AWS has. */
const LENGTHS: { readonly [pseudoParameter: string]: number } = {
  'AWS::AccountId': 12,
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-southeast-1'.length,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
};

/**
 * The size of a resolved value as JSON after deployment, in characters. What is known only then counts with the greatest length that is usual.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function sizeOf(value: unknown): number {
  if (looksLikeIntrinsic(value)) {
    return lengthOf(value) + 2;
  }
  if (Array.isArray(value)) {
    return value.reduce((sum, item) => sum + sizeOf(item) + 1, 1);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).reduce((sum, [key, item]) => sum + JSON.stringify(key).length + sizeOf(item) + 2, 1);
  }
  return JSON.stringify(value)?.length ?? 0;
}

/** The length of a string that CloudFormation completes. */
function lengthOf(part: any): number {
  if (typeof part === 'string') {
    return JSON.stringify(part).length - 2;
  }
  const [separator, parts] = part['Fn::Join'] ?? [];
  if (Array.isArray(parts)) {
    return parts.reduce((sum, each) => sum + lengthOf(each) + separator.length, 0);
  }
  return LENGTHS[part.Ref] ?? UNKNOWN_LENGTH;
}
