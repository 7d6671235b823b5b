import { complete, decide, DENIED, reader, shown, UNKNOWN } from './questions';
import { account, objects } from '../../templates';

const chart = (values: object | string, Namespace = 'default') => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Namespace, Chart: 'web', Values: typeof values === 'string' ? values : JSON.stringify(values) } },
});
const APP = { serviceAccount: { create: false, name: 'app' } };
const HOST = { hostNetwork: true };

/** What the role of the nodes allows, which pods do not get without the network of their node. */
const NODE = 'sqs:ListQueues';

test.each(complete([
  ['of host network', { ...reader(), ...chart({ ...APP, ...HOST }) }, UNKNOWN],
  ['of host network, of one of its parts', { ...reader(), ...chart({ controller: { ...APP, ...HOST } }) }, UNKNOWN],
  ['of host network, with an account that they do not name', { ...reader(), ...chart({ ...HOST, serviceAccount: { create: true, name: '' } }) }, UNKNOWN],
  ['of host network, with another account', { ...reader(), Other: objects(account('other')), ...chart({ ...HOST, serviceAccount: { name: 'other' } }) }, DENIED],
  ['of host network, in another namespace', { ...reader(), ...chart({ ...APP, ...HOST }, 'other') }, DENIED],
  ['of a privileged container', { ...reader(), ...chart({ ...APP, securityContext: { privileged: true } }) }, UNKNOWN],
  ['of no host network', { ...reader(), ...chart({ ...APP, hostNetwork: false, replicas: 2, env: [{ name: 'LEVEL', value: 'info' }] }) }, DENIED],
  ['of an environment from a Secret, with an account that they do not name', { ...reader(), ...chart({ web: { envFrom: [{ secretRef: { name: 'web' } }] } }) }, DENIED],
]))('a chart has values %s', (_, resources, expected) => {
  expect(shown(decide(resources, { action: NODE })).split(',')[0]).toBe(expected);
});

test('the answer names the chart', () => {
  const decision = decide({ ...reader(), ...chart({ ...APP, ...HOST }) }, { action: NODE });
  expect([decision.missing, decision.toString()]).toEqual([['whether pods reach the instance metadata of nodegroup Nodes'], expect.stringContaining('HelmChart default/web')]);
});
