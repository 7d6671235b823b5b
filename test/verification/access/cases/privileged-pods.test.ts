import { decide, DENIED, reader, shown } from './questions';
import { job, objects } from '../templates';

/** What only the role of the node allows. */
const ask = (spec: object) => decide({ ...reader(), Work: objects(job('work', 'app', spec)) }, { action: 'sqs:ListQueues', workload: { kind: 'Job', name: 'work' } });
const privileged = [{ name: 'main', securityContext: { privileged: true } }];

test('whether privileged pods with the processes of their node get its credentials is unknown', () => {
  const decision = ask({ hostPID: true, containers: privileged });
  expect(shown(decision)).toBe('UNKNOWN, by default DENIED');
  expect(`${decision}`).toContain('those of Job default/work have hostPID and a privileged container, with which they can enter the network of their node');
});

test.each([
  ['that are not privileged', { hostPID: true, containers: [{ name: 'main' }] }],
  ['without the processes of their node', { hostPID: false, containers: privileged }],
])('pods %s do not get them', (_, spec) => {
  expect(ask(spec).outcome).toBe(DENIED);
});
