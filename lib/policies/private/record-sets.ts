import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { listIfGiven, selected } from './inputs';
import { allow } from './statements';
import { refusal } from '../../private/errors';

/** The changes of records that a controller may make. */
export interface RecordSetLimits {
  readonly types: readonly string[];
  /** Patterns. @default - all names */
  readonly names?: readonly string[];
  /** @default - all actions */
  readonly actions?: readonly string[];
}

/** How the policies for DNS say which hosted zones they are for. */
export interface HostedZonesProps {
  readonly hostedZones?: IHostedZone[];
  readonly allHostedZones?: boolean;
}

/** The given hosted zones, or `'all'`. Refuses neither, both, and what is not an ID, such as a wildcard. */
export function selectedZones(policy: string, { hostedZones, allHostedZones }: HostedZonesProps): readonly IHostedZone[] | 'all' {
  hostedZones?.forEach(({ hostedZoneId }, i) => {
    if (!Token.isUnresolved(hostedZoneId) && !/^[A-Z0-9]+$/.test(hostedZoneId)) {
      throw refusal(`${policy}: hostedZones[${i}]`, hostedZoneId, 'the ID of a hosted zone, of digits and upper-case letters', 'leave out the prefix /hostedzone/');
    }
  });
  return selected(policy, { names: ['hostedZones', 'allHostedZones'], list: hostedZones, all: allHostedZones });
}

/** The ARNs of the hosted zones. */
export const hostedZoneArns = (zones: readonly IHostedZone[] | 'all', partition: string): string[] =>
  zones === 'all' ? [`arn:${partition}:route53:::hostedzone/*`] : zones.map(({ hostedZoneArn }) => hostedZoneArn);

/**
 * A statement for changes of records.
 *
 * `ForAllValues` alone is also met by a request without values, so that each key must be there.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
 */
export function changeRecordSets(zoneArns: string[], { types, names, actions }: RecordSetLimits): iam.PolicyStatement {
  const exact = { RecordTypes: types, ...actions && { Actions: actions } };
  const similar = { ...names && { NormalizedRecordNames: names } };
  return allow(['route53:ChangeResourceRecordSets'], zoneArns, {
    'ForAllValues:StringEquals': withKeys(exact),
    ...names && { 'ForAllValues:StringLike': withKeys(similar) },
    'Null': withKeys(Object.fromEntries(Object.keys({ ...exact, ...similar }).map((key) => [key, 'false']))),
  });
}

const withKeys = (values: { readonly [key: string]: unknown }) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`route53:ChangeResourceRecordSets${key}`, value]));

/**
 * The names as Route 53 compares them.
 *
 * @param property the class and the property, for errors.
 * @param zones those in which the records are.
 */
export function checkedRecordNames(property: string, names: readonly string[], zones: readonly IHostedZone[] | 'all'): readonly string[] {
  const invalid = listIfGiven(property, names).findIndex((name) => !Token.isUnresolved(name) && !/^([a-z0-9_.*?-]|\\[0-7]{3})*[^.]$/.test(name));
  if (invalid >= 0) {
    throw refusal(`${property}[${invalid}]`, names[invalid], 'in lower case, without a dot at the end, and with characters other than a-z, 0-9, -, _ and . escaped',
      'Amazon Route 53 compares names in this form, in which * and ? are wildcards, and \\052 is the record of a wildcard');
  }
  const zoneNames = zones === 'all' ? [undefined] : zones.map(nameOf);
  const isSomewhere = (name: string) => zoneNames.some((zoneName) => zoneName === undefined || mayBeIn(zoneName, name));
  const elsewhere = names.findIndex((name) => !Token.isUnresolved(name) && !isSomewhere(name));
  if (elsewhere >= 0) {
    throw refusal(`${property}[${elsewhere}]`, names[elsewhere], `a pattern of names in one of hostedZones: ${zoneNames.join(', ')}`);
  }
  return names;
}

/** The name of a hosted zone, if it is known in the form in which Route 53 compares it. */
function nameOf(zone: IHostedZone): string | undefined {
  try {
    const name = zone.zoneName.toLowerCase().replace(/\.$/, '');
    return /^[a-z0-9_.-]+$/.test(name) ? name : undefined;
  } catch {
    return undefined; // an import by ID has no name, and throws
  }
}

/** Whether a pattern can be that of the zone, or of a name in it. What precedes the last wildcard does not count. */
function mayBeIn(zoneName: string, pattern: string): boolean {
  const end = /[^*?]*$/.exec(pattern)![0];
  return `.${end}`.endsWith(`.${zoneName}`) || (end.length < pattern.length && `.${zoneName}`.endsWith(end));
}
