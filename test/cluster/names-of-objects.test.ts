import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { NodeAmiFamily } from '../../lib';
import { define } from '../nodes/nodegroups';
import { machineImage, userData } from '../nodes/user-data';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const toml = require('smol-toml') as { parse(text: string): any };

/** Properties of every JavaScript object, which users can choose as names all the same. */
const NAMES = ['constructor', 'hasOwnProperty', 'toString', 'valueOf'];
const taints = NAMES.map((key) => ({ key, value: key, effect: eks.TaintEffect.NO_SCHEDULE }));
const labels = Object.fromEntries(NAMES.map((name) => [name, name]));

test('taints, labels and tags of nodes can have the names of properties of every JavaScript object', () => {
  const { template } = define({ taints, labels, tags: labels });
  template.hasResourceProperties('AWS::EKS::Nodegroup', {
    Labels: labels, Tags: labels, Taints: taints.map(({ key, value, effect }) => ({ Key: key, Value: value, Effect: effect })),
  });
});

test('labels and taints of Bottlerocket nodes with a custom image can have them, too', () => {
  const { settings: { kubernetes } } = toml.parse(userData({ amiFamily: NodeAmiFamily.BOTTLEROCKET, machineImage, taints, labels })!);
  expect(kubernetes['node-labels']).toEqual(labels);
  expect(kubernetes['node-taints']).toEqual(Object.fromEntries(NAMES.map((name) => [name, [`${name}:NoSchedule`]])));
});
