import { accessTo, clusterRole, role, rule, ruleFor } from './rbac-apps';
import { allow, arnOf } from '../templates';

const ACTION = 'sns:ListTopics';
/** A Deployment of another namespace with an access key in a variable. */
const KEY = {
  User: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow(ACTION)] } }] } },
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
  Keys: {
    Type: 'Custom::KubernetesObjects',
    Properties: {
      Cluster: arnOf('Cluster'),
      Objects: [{
        Json: JSON.stringify({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'worker', namespace: 'ops' },
          spec: { selector: {}, template: { spec: { containers: [{ name: 'it', image: 'app', env: [{ name: 'AWS_SECRET_ACCESS_KEY', value: '' }] }] } } },
        }),
        Values: [{ Path: '/spec/template/spec/containers/0/env/0/value', Value: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } }],
      }],
    },
  },
};
const outcomeOf = (documents: object[]) => accessTo(documents, [], KEY).pod({ serviceAccountName: 'app' }).decide(ACTION).outcome;

test.each<[string, object[], string]>([
  ['the workload', role('ops', rule('apps', 'deployments', 'get')), 'UNKNOWN'],
  ['its status, and with it the workload', role('ops', ruleFor(['worker'], 'apps', 'deployments/status', 'get')), 'UNKNOWN'],
  ['its pods', role('ops', rule('', 'pods', 'list')), 'UNKNOWN'],
  ['the status of its pods', clusterRole(rule('', 'pods/status', 'get')), 'UNKNOWN'],
  ['the sizes of its pods', clusterRole(rule('', 'pods/resize', 'get')), 'UNKNOWN'],
  ['the pods of nodes', clusterRole(rule('', 'nodes/pods', 'get')), 'UNKNOWN'],
  ['the logs of pods', clusterRole(rule('', 'pods/log', 'get')), 'DENIED'],
  ['the number of its pods', clusterRole(rule('apps', 'deployments/scale', 'get')), 'DENIED'],
  ['the metrics of nodes', clusterRole(rule('', 'nodes/metrics', 'get'), rule('', 'nodes/stats', 'get'), rule('', 'nodes/configz', 'get')), 'DENIED'],
  ['the status of pods of another namespace', role('other', rule('', 'pods/status', 'get')), 'DENIED'],
  ['the status of another workload', role('ops', ruleFor(['other'], '', 'services/status', 'get')), 'DENIED'],
])('who may read %s gets the key in its variables, or not', (_, documents, outcome) => {
  expect(outcomeOf(documents)).toBe(outcome);
});
