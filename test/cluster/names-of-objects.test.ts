import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { NodeAmiFamily } from '../../lib';
import { define } from '../nodes/nodegroups';
import { machineImage, userData } from '../nodes/user-data';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const toml = require('smol-toml') as { parse(text: string): any };

/** What every JavaScript object has, and a user may choose all the same. */
const NAMES = ['constructor', 'hasOwnProperty', 'toString', 'valueOf'];
const taints = NAMES.map((key) => ({ key, value: key, effect: eks.TaintEffect.NO_SCHEDULE }));
const labels = Object.fromEntries(NAMES.map((name) => [name, name]));

test('taints, labels and tags of nodes may have the names of properties of every object', () => {
  const { template } = define({ taints, labels, tags: labels });
  template.hasResourceProperties('AWS::EKS::Nodegroup', {
    Labels: labels, Tags: labels, Taints: taints.map(({ key, value, effect }) => ({ Key: key, Value: value, Effect: effect })),
  });
});

test('and so they may on Bottlerocket, on an image of the caller\'s', () => {
  const { settings: { kubernetes } } = toml.parse(userData({ amiFamily: NodeAmiFamily.BOTTLEROCKET, machineImage, taints, labels })!);
  expect(kubernetes['node-labels']).toEqual(labels);
  expect(kubernetes['node-taints']).toEqual(Object.fromEntries(NAMES.map((name) => [name, [`${name}:NoSchedule`]])));
});
