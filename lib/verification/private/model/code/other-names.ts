import { writesOfBucketAt, writesOfUnknownHost } from './bucket-addresses';
import { arnOf, CodeWrite } from './code-write';
import { writesBelow } from './code-writes';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** What has names by which programs get the objects of buckets. In a name, `*` stands for any characters of a host. */
export interface OtherNames {
  readonly type: string;
  readonly names: readonly Text[];
  readonly writes: readonly CodeWrite[];
}

/** The names that the templates give to buckets: those of access points, and of distributions of Amazon CloudFront. */
export const otherNamesOf = (resources: StackResources): OtherNames[] => [
  ...accessPointsIn(resources).map(({ type, names, buckets }) => ({ type, names, writes: buckets.flatMap(writesBelow) })),
  ...resources.ofType('AWS::CloudFront::Distribution').map((distribution) => ({
    type: distribution.type,
    names: [distribution.attribute('DomainName'), ...listOf(distribution.property('DistributionConfig', 'Aliases')).flatMap((alias) => textOf(alias) ?? [])],
    writes: writesOfOrigins(distribution),
  })),
];

/**
 * What changes the objects of the buckets behind a distribution. An origin that only the deployment knows may be any bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export const writesOfOrigins = (distribution: StackResource): CodeWrite[] => listOf(distribution.property('DistributionConfig', 'Origins'))
  .flatMap((origin) => textOf(valueAt(origin, 'DomainName')) ?? [])
  .flatMap((domain) => [...writesOfBucketAt(domain), ...writesOfUnknownHost(domain)]);

/** What gives access to buckets by another name. */
export interface AccessPoint {
  readonly type: string;
  readonly arn: Text;
  readonly alias: Text;
  readonly names: readonly Text[];
  readonly buckets: readonly Text[];
}

/**
 * Who writes to an access point writes to its bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html
 */
export const accessPointsIn = (resources: StackResources): AccessPoint[] => [
  ...resources.ofType('AWS::S3::AccessPoint').map((point): AccessPoint => {
    const name = textOf(point.property('Name')) ?? point.ref;
    const path = Text.join([Text.of('accesspoint/'), name]);
    const alias = point.attribute('Alias');
    return {
      type: point.type,
      arn: arnOf('s3', path, point.pseudoParameter('Region'), point.pseudoParameter('AccountId')),
      alias,
      names: [alias, point.attribute('Arn'), path, Text.join([name, Text.of('-*-s3alias')]), Text.join([name, Text.of('-*.s3-accesspoint')])],
      buckets: bucketsOf(point.property('Bucket')),
    };
  }),
  ...resources.ofType('AWS::S3::MultiRegionAccessPoint').map((point): AccessPoint => {
    const alias = point.attribute('Alias');
    return {
      type: point.type,
      arn: arnOf('s3', Text.join([Text.of('accesspoint/'), alias]), Text.EMPTY, point.pseudoParameter('AccountId')),
      alias,
      names: [alias],
      buckets: listOf(point.property('Regions')).flatMap((region) => bucketsOf(valueAt(region, 'Bucket'))),
    };
  }),
];

const bucketsOf = (value: unknown): Text[] => (value instanceof Text ? [value] : []);
