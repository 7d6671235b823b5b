import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn, withoutEnd } from '../../values/text-parts';
import { StackResources } from '../stack-resources';

/** A host of AWS that sends its requests to another. */
export interface NameOutside { readonly host: Text; readonly to: Text }

/**
 * The names by which the templates lead to other hosts, which can be those of pods: a distribution of Amazon CloudFront to its origins, and a record of Amazon
 * Route 53 to its target.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
 */
export const readNamesOutside = (resources: StackResources): NameOutside[] => [
  ...resources.ofType('AWS::CloudFront::Distribution').flatMap((distribution) => {
    const config = distribution.property('DistributionConfig');
    const names = [distribution.attribute('DomainName'), ...textsIn(valueAt(config, 'Aliases'))];
    return pairs(names, listOf(valueAt(config, 'Origins')).flatMap((origin) => textsIn(valueAt(origin, 'DomainName'))));
  }),
  ...resources.ofType('AWS::Route53::RecordSet').flatMap((record) => ofRecord(record.property())),
  ...resources.ofType('AWS::Route53::RecordSetGroup').flatMap((group) => listOf(group.property('RecordSets')).flatMap(ofRecord)),
];

function ofRecord(record: Resolved): NameOutside[] {
  const name = textOf(valueAt(record, 'Name'));
  return name ? pairs([name], [valueAt(record, 'AliasTarget', 'DNSName'), valueAt(record, 'ResourceRecords')].flatMap(textsIn)) : [];
}

const pairs = (names: readonly Text[], targets: readonly Text[]): NameOutside[] =>
  names.flatMap((name) => targets.map((target) => ({ host: withoutDot(name), to: withoutDot(target) })));

const withoutDot = (name: Text): Text => withoutEnd(name, /\.$/);
