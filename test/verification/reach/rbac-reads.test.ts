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

const launch = (userData: string) => ({ Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { UserData: { 'Fn::Base64': userData } } } } });

test.each([
  ['#!/bin/bash\n/etc/eks/bootstrap.sh prod --kubelet-extra-args "--read-only-port=10255"', 'UNKNOWN'],
  ['apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  kubelet:\n    config:\n      readOnlyPort: 10255\n', 'UNKNOWN'],
  [`Content-Type: application/node.eks.aws\n\n${JSON.stringify({ spec: { kubelet: { config: { readOnlyPort: 10255 } } } })}`, 'UNKNOWN'],
  ['#!/bin/bash\n/etc/eks/bootstrap.sh prod --kubelet-extra-args "--read-only-port=0"', 'DENIED'],
])('all pods get the key in the variables of others at the read-only port of the kubelet, if user data opens it: %s', (userData, outcome) => {
  expect(accessTo([], [], { ...KEY, ...launch(userData) }).pod({ serviceAccountName: 'app' }).decide(ACTION).outcome).toBe(outcome);
});
