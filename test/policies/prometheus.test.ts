import { App, Stack } from 'aws-cdk-lib';
import { CfnWorkspace } from 'aws-cdk-lib/aws-aps';
import { Call } from './controller-table';
import { describeController } from './describe-controller';
import { arnIn, Place, PLACES } from './place';
import { policies } from '../../lib';

const workspace = (place: Place, id = 'ws-1') => arnIn(place, 'aps', `workspace/${id}`);

const calls = (names: string[], resource: string): Call[] => names.map((name) => ({ what: `${name} of ${resource}`, action: `aps:${name}`, resource }));

const QUERIES = ['GetLabels', 'GetMetricMetadata', 'GetSeries', 'QueryMetrics'];
const OTHERS = ['CreateAlertManagerDefinition', 'DeleteWorkspace', 'PutRuleGroupsNamespace', 'PutResourcePolicy'];

const elsewhere = (place: Place): Place => ({ ...place, region: 'eu-west-1' });

describeController('Amazon Managed Service for Prometheus, to write', {
  policy: (_, place) => new policies.PrometheusWritePolicy({ workspaceArns: [workspace(place)] }),
  allowed: (place) => calls(['RemoteWrite'], workspace(place)),
  denied: (place) => [
    ...calls([...QUERIES, ...OTHERS], workspace(place)), ...calls(['RemoteWrite'], workspace(place, 'ws-2')), ...calls(['RemoteWrite'], workspace(elsewhere(place))),
  ],
});

describeController('Amazon Managed Service for Prometheus, to query', {
  policy: (_, place) => new policies.PrometheusQueryPolicy({ workspaceArns: [workspace(place)] }),
  allowed: (place) => calls(QUERIES, workspace(place)),
  denied: (place) => [
    ...calls(['RemoteWrite', ...OTHERS], workspace(place)), ...calls(QUERIES, workspace(place, 'ws-2')), ...calls(QUERIES, workspace(elsewhere(place))),
  ],
});

describe.each([policies.PrometheusWritePolicy, policies.PrometheusQueryPolicy])('%o', (Policy) => {
  test('needs a workspace', () => {
    expect(() => new Policy({ workspaceArns: [] })).toThrow('workspaceArns must be a list of at least one');
  });

  test.each(['ws-1', workspace(PLACES[0], '*'), 'arn:aws:s3:::data'])('refuses %s', (arn) => {
    expect(() => new Policy({ workspaceArns: [workspace(PLACES[0]), arn] })).toThrow(`workspaceArns[1] is "${arn}", but must be the ARN of a workspace`);
  });

  test('takes a workspace of the app', () => {
    const { attrArn } = new CfnWorkspace(new Stack(new App(), 'Stack'), 'Workspace');
    expect(() => new Policy({ workspaceArns: [attrArn] })).not.toThrow();
  });
});
