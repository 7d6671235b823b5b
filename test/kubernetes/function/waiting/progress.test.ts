import { Progress, progressOf } from '../../../../lib/kubernetes/function/waiting/progress';

const ofKind = (apiVersion: string, kind: string, type: string) => ({
  type, object: { apiVersion, kind, metadata: { name: 'a' } }, seen: (status: object, spec: object = {}) => ({ apiVersion, kind, metadata: { name: 'a', generation: 2 }, spec, status }),
});
const job = ofKind('batch/v1', 'Job', 'Complete');
const deployment = ofKind('apps/v1', 'Deployment', 'Available');
const certificate = ofKind('cert-manager.io/v1', 'Certificate', 'Ready');
const condition = (type: string, status = 'True', more: object = {}) => ({ conditions: [{ type, status, ...more }] });
const waiting = (why: string): Progress => ({ is: 'waiting', why });
const failed = (why: string): Progress => ({ is: 'failed', why });
const READY: Progress = { is: 'ready' };

test.each<[string, object, object, Progress]>([
  ['without a status', {}, {}, waiting('0 of 1 pods succeeded, 0 active')],
  ['with running pods', { active: 2, succeeded: 1 }, { completions: 5 }, waiting('1 of 5 pods succeeded, 2 active')],
  ['that is suspended', condition('Suspended', 'True', { reason: 'JobSuspended', message: 'Job suspended' }), {}, waiting('0 of 1 pods succeeded, 0 active; it is suspended: JobSuspended: Job suspended')],
  ['that is complete', condition('Complete'), {}, READY],
  ['that has failed', condition('Failed', 'True', { reason: 'DeadlineExceeded', message: 'too long' }), {}, failed('DeadlineExceeded: too long')],
  ['whose failure is not certain', condition('Failed', 'Unknown'), {}, waiting('0 of 1 pods succeeded, 0 active')],
])('a Job %s', (_, status, spec, progress) => {
  expect(progressOf(job.seen(status, spec), job)).toEqual(progress);
});

test('a Job that is expected to fail', () => {
  expect(progressOf(job.seen(condition('Failed')), { ...job, type: 'Failed' })).toEqual(READY);
});

const upToDate = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2, ...condition('Available') };
test.each<[string, object, Progress]>([
  ['that is up to date', upToDate, READY],
  ['that its controller has not seen', { ...upToDate, observedGeneration: 1 }, waiting('its controller has not observed its latest change')],
  ['with an old replica', { ...upToDate, replicas: 3 }, waiting('of 2 replicas, 2 are up to date and 2 are available; 1 old ones remain')],
  ['with a replica that is not available', { ...upToDate, availableReplicas: 1 }, waiting('of 2 replicas, 2 are up to date and 1 are available')],
  ['with too few replicas', { ...upToDate, updatedReplicas: 1, replicas: 1, availableReplicas: 1 }, waiting('of 2 replicas, 1 are up to date and 1 are available')],
  ['whose pods a quota refuses', { observedGeneration: 2, ...condition('ReplicaFailure', 'True', { reason: 'FailedCreate', message: 'exceeded quota' }) },
    waiting('of 2 replicas, 0 are up to date and 0 are available; FailedCreate: exceeded quota')],
  ['that is late', { ...upToDate, ...condition('Progressing', 'False', { reason: 'ProgressDeadlineExceeded', message: 'timed out' }) }, failed('ProgressDeadlineExceeded: timed out')],
])('a Deployment %s', (_, status, progress) => {
  expect(progressOf(deployment.seen(status, { replicas: 2 }), deployment)).toEqual(progress);
});

test.each<[string, object, Progress]>([
  ['without a status', {}, waiting('it has no condition Ready')],
  ['with another condition', condition('Issuing'), waiting('it has no condition Ready')],
  ['whose conditions are a map', { conditions: { Ready: 'True' } }, waiting('it has no condition Ready')],
  ['with an empty condition', { conditions: [null] }, waiting('it has no condition Ready')],
  ['that is not ready', condition('Ready', 'False', { reason: 'Pending', message: 'no issuer' }), waiting('its condition Ready is False: Pending: no issuer')],
  ['that is ready', condition('Ready'), READY],
  ['that was ready for an earlier generation', condition('Ready', 'True', { observedGeneration: 1 }), waiting('its controller has not observed its latest change')],
  ['that is ready for this generation, although another condition is older', { observedGeneration: 1, ...condition('Ready', 'True', { observedGeneration: 2 }) }, READY],
])('an object of another kind %s', (_, status, progress) => {
  expect(progressOf(certificate.seen(status), certificate)).toEqual(progress);
});

test('an object that does not exist may still be created, but a Job has run', () => {
  expect(progressOf(undefined, certificate)).toEqual(waiting('it does not exist'));
  expect(progressOf(undefined, job)).toEqual(failed('it no longer exists, so its result is unknown'));
});
