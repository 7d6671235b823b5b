import { admin, decisionOf, LIST } from './code-apps';
import { account, accountRole, allow, objects } from '../templates';

const arnIn = (service: string, resource: string) => `arn:aws:${service}:us-west-2:111122223333:${resource}`;

/** What a script names by a parameter, another value, and the request by which the pod changes it. */
interface Named {
  readonly value: string;
  readonly other: string;
  readonly statement: object;
  readonly use: (parameter: string) => string;
}
const NAMED: { readonly [what: string]: Named } = {
  bucket: {
    value: 'elsewhere',
    other: 'another',
    statement: allow('s3:PutObject', 'arn:aws:s3:::elsewhere/*'),
    use: (parameter) => `aws s3api get-object --bucket ${parameter} --key run.sh run.sh && sh run.sh`,
  },
  parameter: {
    value: '/boot/run',
    other: '/boot/other',
    statement: allow('ssm:PutParameter', arnIn('ssm', 'parameter/boot/run')),
    use: (parameter) => `eval "$(aws ssm get-parameter --query Parameter.Value --name "${parameter}")"`,
  },
  secret: {
    value: 'boot/run',
    other: 'boot/other',
    statement: allow('secretsmanager:PutSecretValue', arnIn('secretsmanager', 'secret:boot/run-??????')),
    use: (parameter) => `aws secretsmanager get-secret-value --secret-id '${parameter}' | sh`,
  },
};

const onInstances = (resources: object) => ({
  ...admin('ec2'),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  Instance: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' } } },
  ...resources,
});
const content = (command: string, value?: string) => ({
  schemaVersion: '2.2',
  parameters: { V: { type: 'String', ...value !== undefined && { default: value } } },
  mainSteps: [{ action: 'aws:runShellScript', name: 'it', inputs: { runCommand: ['set -e', command] } }],
});
const document = (Content: unknown, more: object = {}) => ({ Document: { Type: 'AWS::SSM::Document', Properties: { Name: 'boot', Content, ...more } } });
const inYaml = (command: string, value: string) =>
  `schemaVersion: '2.2'\nparameters:\n  V:\n    type: String\n    default: ${value}\nmainSteps:\n- action: aws:runShellScript\n  name: it\n  inputs:\n    runCommand:\n    - ${JSON.stringify(command)}\n`;
const runBy = (Type: string, Properties: object) => ({ By: { Type, Properties } });

const inCluster = (...documents: object[]) => ({
  Other: accountRole('ops:worker', allow(LIST)),
  Applied: objects(account('worker', 'Other', 'ops'), ...documents),
});
const named = (apiVersion: string, kind: string, name: string, spec: object) => ({ apiVersion, kind, metadata: { name, namespace: 'ops' }, spec });
const argo = (kind: string, name: string, spec: object) => named('argoproj.io/v1alpha1', kind, name, { serviceAccountName: 'worker', ...spec });
const tekton = (kind: string, name: string, spec: object) => named('tekton.dev/v1', kind, name, spec);
const template = (script: string, input: object = {}) => ({ name: 'it', inputs: { parameters: [{ name: 'v-1', ...input }] }, script: { image: 'app@sha256:1', command: ['sh'], source: script } });
const argumentsOf = (value: string) => ({ arguments: { parameters: [{ name: 'v-1', value }] } });
const taskOf = (script: string, parameter: object = {}) => ({ params: [{ name: 'v', type: 'string', ...parameter }], steps: [{ name: 'it', image: 'app@sha256:1', script }] });
const given = (value: string) => ({ params: [{ name: 'v', value }] });
const [INPUT, OF_WORKFLOW, PARAM] = ['{{inputs.parameters.v-1}}', '{{workflow.parameters.v-1}}', '$(params.v)'];

/** Where a script and the value of its parameter are. */
const PLACES: { readonly [place: string]: readonly [parameter: string, resources: (script: string, value: string) => object] } = {
  'a document of AWS Systems Manager with a default': ['{{ V }}', (script, value) => onInstances(document(content(script, value)))],
  'a document in JSON with a default': ['{{V}}', (script, value) => onInstances(document(JSON.stringify(content(script, value))))],
  'a document in YAML with a default': ['{{ V }}', (script, value) => onInstances(document(inYaml(script, value), { DocumentFormat: 'YAML' }))],
  'a document with an association': ['{{ V }}', (script, value) => onInstances({ ...document(content(script)), ...runBy('AWS::SSM::Association', { Name: 'boot', Parameters: { V: [value] } }) })],
  'a document in YAML with an association': ['{{ V }}', (script, value) => onInstances({ ...document(inYaml(script, 'x')), ...runBy('AWS::SSM::Association', { Name: { Ref: 'Document' }, Parameters: { V: [value] } }) })],
  'a document with an association of a parameter': ['{{ V }}', (script, value) => onInstances({ ...document(content(script, 'x')), ...runBy('AWS::SSM::Association', { Name: { Ref: 'Stage' }, Parameters: { V: [value] } }) })],
  'a document with a maintenance window': ['{{ V }}', (script, value) => onInstances({
    ...document(content(script)),
    ...runBy('AWS::SSM::MaintenanceWindowTask', { TaskType: 'RUN_COMMAND', TaskArn: 'boot', TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { V: [value] } } } }),
  })],
  'a workflow of Argo Workflows with a default': [INPUT, (script, value) => inCluster(argo('Workflow', 'it', { templates: [template(script, { default: value })] }))],
  'a workflow of Argo Workflows with arguments': [OF_WORKFLOW, (script, value) => inCluster(argo('Workflow', 'it', { ...argumentsOf(value), templates: [template(script)] }))],
  'a step of Argo Workflows with arguments': [INPUT, (script, value) => inCluster(argo('Workflow', 'it', {
    ...argumentsOf(value), templates: [{ name: 'main', steps: [[{ name: 'it', template: 'it', ...argumentsOf(OF_WORKFLOW) }]] }, template(script)],
  }))],
  'a template of Argo Workflows with a workflow': [INPUT, (script, value) => inCluster(
    argo('WorkflowTemplate', 'common', { entrypoint: 'it', templates: [template(script)] }), argo('Workflow', 'run', { workflowTemplateRef: { name: 'common' }, ...argumentsOf(value) }),
  )],
  'a template of Argo Workflows with a schedule': [OF_WORKFLOW, (script, value) => inCluster(
    argo('WorkflowTemplate', 'common', { entrypoint: 'it', templates: [template(script)] }),
    named('argoproj.io/v1alpha1', 'CronWorkflow', 'run', { schedule: '* * * * *', workflowSpec: { workflowTemplateRef: { name: 'common' }, ...argumentsOf(value) } }),
  )],
  'a task of Tekton with a default': [PARAM, (script, value) => inCluster(tekton('Task', 'it', taskOf(script, { default: value })), tekton('TaskRun', 'run', { serviceAccountName: 'worker', taskRef: { name: 'it' } }))],
  'a run of Tekton with its task': ["$(params['v'])", (script, value) => inCluster(tekton('TaskRun', 'run', { serviceAccountName: 'worker', ...given(value), taskSpec: taskOf(script) }))],
  'a task of Tekton with a run': [PARAM, (script, value) => inCluster(tekton('Task', 'it', taskOf(script)), tekton('TaskRun', 'run', { serviceAccountName: 'worker', taskRef: { name: 'it' }, ...given(value) }))],
  'a task of a pipeline of Tekton': [PARAM, (script, value) => inCluster(
    tekton('Task', 'it', taskOf(script)),
    tekton('Pipeline', 'all', { params: [{ name: 'w' }], tasks: [{ name: 'it', taskRef: { name: 'it' }, ...given('$(params.w)') }] }),
    tekton('PipelineRun', 'run', { pipelineRef: { name: 'all' }, params: [{ name: 'w', value }], taskRunTemplate: { serviceAccountName: 'worker' } }),
  )],
};

const ROWS = Object.entries(NAMED).flatMap(([what, { value, other, statement, use }]) =>
  Object.entries(PLACES).map(([place, [parameter, resources]]) => ({
    title: `${what} in a parameter of ${place}`,
    outcomes: [value, other].map((one) => () => decisionOf(resources(use(parameter), one), statement).outcome),
  })));

test.each(ROWS)('a script names the $title', ({ outcomes }) => {
  expect(outcomes.map((outcome) => outcome())).toEqual(['UNKNOWN', 'DENIED']);
});

test('more values of a parameter than are looked at one by one can be any', () => {
  const { use, statement } = NAMED.bucket;
  const association = (bucket: string) => ({ Type: 'AWS::SSM::Association', Properties: { Name: 'boot', Parameters: { V: [bucket] } } });
  const associations = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`By${i}`, association(`b${i}`)]));
  const outcomes = [3, 30].map((count) => decisionOf(onInstances({ ...document(content(use('{{ V }}'))), ...associations(count) }), statement).outcome);
  expect(outcomes).toEqual(['DENIED', 'UNKNOWN']);
});

test('a document gets no parameters of others', () => {
  const { use, statement } = NAMED.bucket;
  const resources = onInstances({ ...document(content(use('{{ V }}'))), ...runBy('AWS::SSM::Association', { Name: 'other', Parameters: { V: ['elsewhere'] } }) });
  expect(decisionOf(resources, statement).outcome).toBe('DENIED');
});

