import { Random } from './random';

export type Json = { [key: string]: any };
/** Of a multivalued key, a list. */
export type Context = { [key: string]: string | string[] };

const DATES = ['2026-01-01T00:00:00Z', '2026-06-30T12:00:00Z', '1767225600', '2026-01-01', 'yesterday'];
const NUMBERS = ['0', '5', '10', '10.5', '-3', 'ten', ''];
const ADDRESSES = ['10.0.0.1', '10.1.2.3', '192.168.0.7', '2001:db8::1'];
const RANGES = ['10.0.0.0/8', '10.0.0.1', '192.168.0.0/24', '0.0.0.0/0', '2001:db8::/32', '10.1.0.0/16'];
const TEXTS = ['reports', 'Reports', 'reports-1', 'apps', 'system:serviceaccount:apps:reader', '', 'a*b'];
const PATTERNS = [...TEXTS, 'rep*', '*', '?eports', 'system:serviceaccount:*:reader', 'REPORTS', '${aws:PrincipalTag/team}', "${aws:PrincipalTag/none, 'apps'}", '${aws:PrincipalTag/none}', 'a${*}b', 'a${?}b'];
const ARNS = ['arn:aws:iam::123456789012:role/reader', 'arn:aws:iam::210987654321:role/reader', 'arn:aws:s3:::reports/key', 'arn:aws:eks:us-west-2:123456789012:cluster/prod'];
const ARN_PATTERNS = [...ARNS, 'arn:aws:iam::*:role/reader', 'arn:aws:iam::123456789012:role/*', 'arn:*:role/reader', '*', 'arn:aws:iam::*', 'arn:aws:s3:::*', 'arn:aws:s3:::reports/k?y', 'reader', 'arn:aws:iam::123456789012:role/${aws:PrincipalTag/name}'];
const BOOLEANS = ['true', 'false', 'True', 'yes'];
const BINARIES = ['QmluYXJ5', 'T3RoZXI='];

interface Family {
  readonly operators: readonly string[];
  readonly keys: readonly string[];
  readonly actual: readonly string[];
  readonly expected: readonly string[];
}

/** The operators of conditions, and what they compare. The keys are such that both sides get them from the request alone. */
const FAMILIES: readonly Family[] = [
  { operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'], keys: ['aws:PrincipalTag/team', 's3:prefix', 'aws:RequestTag/team', 'aws:TagKeys'], actual: TEXTS, expected: PATTERNS },
  { operators: ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals'], keys: ['s3:max-keys'], actual: NUMBERS, expected: NUMBERS },
  { operators: ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'], keys: ['aws:CurrentTime', 'aws:TokenIssueTime'], actual: DATES, expected: DATES },
  { operators: ['Bool'], keys: ['aws:SecureTransport', 'aws:ViaAWSService'], actual: BOOLEANS, expected: BOOLEANS },
  { operators: ['BinaryEquals'], keys: ['test:binary'], actual: BINARIES, expected: BINARIES },
  { operators: ['IpAddress', 'NotIpAddress'], keys: ['aws:SourceIp'], actual: ADDRESSES, expected: RANGES },
  { operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'], keys: ['aws:SourceArn', 'aws:PrincipalArn'], actual: ARNS, expected: ARN_PATTERNS },
  { operators: ['Null'], keys: ['aws:PrincipalTag/team', 's3:prefix', 'aws:TagKeys'], actual: TEXTS, expected: ['true', 'false'] },
];

/** The operators in the generated cases. */
export const COMPARED = FAMILIES.flatMap(({ operators }) => operators);

const MULTIVALUED = ['aws:TagKeys'];

/** A condition block, with up to three conditions. */
export function conditions(random: Random): Json {
  const block: Json = {};
  for (const family of random.some(FAMILIES, 0, 3)) {
    const operator = random.oneOf(family.operators);
    const key = anyCase(random, random.oneOf(family.keys));
    const isMultivalued = MULTIVALUED.includes(key) || random.chance(0.1);
    const name = operator === 'Null' ? operator
      : `${isMultivalued ? random.oneOf(['ForAnyValue:', 'ForAllValues:']) : ''}${operator}${random.chance(0.2) ? 'IfExists' : ''}`;
    block[name] = { ...block[name], [key]: random.oneOrMore(family.expected) };
  }
  return block;
}

/** The condition keys of a request. Some are missing. */
export function context(random: Random): Context {
  const keys: Context = {};
  for (const family of FAMILIES) {
    for (const key of family.keys) {
      if (random.chance(0.6)) {
        keys[key] = MULTIVALUED.includes(key) ? random.some(TEXTS, 0, 3) : random.oneOf(family.actual);
      }
    }
  }
  return keys;
}

const anyCase = (random: Random, key: string) => (random.chance(0.1) ? key.toLowerCase() : key);
