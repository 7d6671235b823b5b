import { Text } from '../../values/text';
import { textOf, withoutPrefix } from '../../values/text-parts';
import { writesOfBucketAt, writesOfUnknownHost } from '../code/bucket-addresses';
import { CodeWrite } from '../code/code-write';
import { writesTo } from '../code/code-writes';
import { hostsOf, writesAt } from '../code/fetched-hosts';
import { ObjectSource } from '../code/object-source';
import { StackResources } from '../stack-resources';

/**
 * The buckets that have the charts of aws-cdk, of which the next deployment applies the objects. Images in registries are read elsewhere.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.HelmChartOptions.html
 */
export const readChartSources = (resources: StackResources): ObjectSource[] => resources.ofType('Custom::AWSCDK-EKS-HelmChart').flatMap((chart) => {
  const cluster = chart.cluster('ClusterName');
  const [chartName, repository] = ['Chart', 'Repository'].map((name) => textOf(chart.property(name)));
  const locations = [...(chartName ? [chartName] : []), ...(repository ? [repository] : [])];
  const isOpen = (location: Text) => location.start === '' && location === (repository ?? chartName); // otherwise, it is a name in the repository
  const code = locations.flatMap((location) => (location.startsWith('s3://') ? writesTo(location)
    : location.startsWith('http') || isOpen(location) ? writesOfAddress(withoutPrefix(withoutPrefix(location, 'https://'), 'http://')) : []));
  const served = writesAt(locations.flatMap(hostsOf));
  return cluster && code.length + served.length > 0
    ? [{ cluster, mayBeForOthers: false, way: `change the chart of ${chart.logicalId}, which the next deployment applies to the cluster`, code: [...code, ...served] }] : [];
});

const writesOfAddress = (address: Text): CodeWrite[] => [...writesOfBucketAt(address), ...writesOfUnknownHost(address)];
