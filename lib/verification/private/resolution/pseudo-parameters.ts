import { Scope } from './scope';
import { asciiWhere } from '../values/derived';
import { Resolved } from '../values/resolved';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/** None of these is in the name of a partition, region or domain. */
const NOT_IN_NAMES = asciiWhere((character) => !/[a-z0-9.-]/.test(character));
const NOT_DIGITS = asciiWhere((character) => !/\d/.test(character));
/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
const NOT_IN_STACK_NAMES = asciiWhere((character) => !/[a-zA-Z0-9-]/.test(character));

/** By the start of the name of the region. @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
const PARTITIONS: ReadonlyArray<readonly [region: RegExp, partition: string, urlSuffix: string]> = [
  [/^cn-/, 'aws-cn', 'amazonaws.com.cn'],
  [/^us-gov-/, 'aws-us-gov', 'amazonaws.com'],
  [/^us-iso-/, 'aws-iso', 'c2s.ic.gov'],
  [/^us-isob-/, 'aws-iso-b', 'sc2s.sgov.gov'],
  [/^us-isof-/, 'aws-iso-f', 'csp.hci.ic.gov'],
  [/^eu-isoe-/, 'aws-iso-e', 'cloud.adc-e.uk'],
  [/^eusc-/, 'aws-eusc', 'amazonaws.eu'],
  [/^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d+$/, 'aws', 'amazonaws.com'],
];

/** The domains of all partitions. */
export const URL_SUFFIXES: readonly string[] = [...new Set(PARTITIONS.map(([, , urlSuffix]) => urlSuffix))];

/**
 * The value of a pseudo parameter, or undefined if there is none of this name. Stacks for the same unknown account or region share its symbol, or what is assumed for it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function pseudoParameter({ template, parameters }: Pick<Scope, 'template' | 'parameters'>, name: string): { readonly value: Resolved } | undefined {
  const { environment, stackName, id, parent, account = parameters['AWS::AccountId'], region = parameters['AWS::Region'] } = template;
  const [, partition, urlSuffix] = PARTITIONS.find(([regions]) => region !== undefined && regions.test(region)) ?? [];
  const shared = (literal: string | undefined, excludes: string) =>
    ({ value: textIfKnown(literal) ?? Text.unknown(new Unknown(`${environment}/${name}`, { label: name, excludes })) });
  const own = (literal?: string, excludes = '*?"\\$') => ({ value: textIfKnown(literal) ?? Text.unknown(new Unknown(`${id}/${name}`, { label: name, excludes })) });
  switch (name) {
    case 'AWS::AccountId': return shared(account, NOT_DIGITS);
    case 'AWS::Region': return shared(region, NOT_IN_NAMES);
    case 'AWS::Partition': return shared(partition, NOT_IN_NAMES);
    case 'AWS::URLSuffix': return shared(urlSuffix, NOT_IN_NAMES);
    case 'AWS::StackName': return own(parent ? undefined : stackName, NOT_IN_STACK_NAMES);
    case 'AWS::StackId': return own();
    case 'AWS::NotificationARNs': return own();
    case 'AWS::NoValue': return { value: undefined };
    default: return undefined;
  }
}

const textIfKnown = (literal?: string) => (literal === undefined ? undefined : Text.of(literal));
