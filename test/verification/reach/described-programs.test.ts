import { admin, decisionOf } from './code-apps';
import { objects } from '../templates';

const named = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'it', namespace: 'default' }, spec });
const ack = (service: string, kind: string, spec: object) => named(`${service}.services.k8s.aws/v1alpha1`, kind, spec);
const kro = (template: object) => named('kro.run/v1alpha1', 'ResourceGraphDefinition', { resources: [{ id: 'it', template }] });

test.each<[string, (role: string) => object]>([
  ['a function of ACK', (role) => ack('lambda', 'Function', { name: 'it', role, code: { s3Bucket: 'code', s3Key: 'it.zip' } })],
  ['a state machine of ACK', (roleARN) => ack('sfn', 'StateMachine', { name: 'it', roleARN, definition: '{}' })],
  ['a model of ACK', (executionRoleARN) => ack('sagemaker', 'Model', { executionRoleARN, primaryContainer: { modelDataURL: 's3://code/it.tar.gz' } })],
  ['a function of Crossplane', (role) => named('lambda.aws.upbound.io/v1beta1', 'Function', { forProvider: { role, runtime: 'python3.13' } })],
  ['a build of Crossplane', (serviceRole) => named('codebuild.aws.m.upbound.io/v1beta1', 'Project', { forProvider: { serviceRole, source: [{ type: 'GITHUB' }] } })],
  ['an integration of an API of ACK', (credentialsARN) => ack('apigatewayv2', 'Integration', { apiID: 'it', credentialsARN })],
  ['a cluster of Amazon Redshift of Crossplane', (role) => named('redshift.aws.upbound.io/v1beta1', 'Cluster', { forProvider: { iamRoles: [role] } })],
  ['a function of ACK that kro creates', (role) => kro(ack('lambda', 'Function', { name: '${schema.spec.name}', role }))],
])('anyone may decide what %s does with its role, because what it runs is not read', (_, documentFor) => {
  const resources = { ...admin('lambda'), Other: admin('lambda').Admin };
  const outcome = (role: string) => decisionOf({ ...resources, Described: objects(documentFor(role)) }).outcome;
  expect(outcome('${Admin.Arn}')).toBe('UNKNOWN');
  expect(outcome('arn:aws:iam::444455556666:role/other')).toBe('UNKNOWN');
  expect(decisionOf({ ...resources, Described: objects(ack('sqs', 'Queue', { queueName: 'it' })) }).outcome).toBe('DENIED');
});

test('the answer names the object', () => {
  expect(decisionOf({ ...admin('lambda'), Described: objects(ack('lambda', 'Function', { role: '${Admin.Arn}' })) }).missing)
    .toEqual(['anyone might decide through Function it what Described does with role Admin']);
});
