import { accessTo, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, clusterTemplate, objects } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const ask = (...others: object[]) => accessTo(clusterTemplate({
  Own: accountRole('default:build', allow('sqs:ReceiveMessage')),
  Deployer: accountRole('default:deploy', allow(LIST)),
  Objects: objects(account('build', 'Own'), account('deploy', 'Deployer'), ...others),
})).pod({ cluster: 'prod', serviceAccountName: 'build' }).decide(LIST);

const argo = (build: object, deploy: object, given: object, spec: object = {}, serviceAccountName = 'deploy') => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'CronWorkflow',
  metadata: { name: 'release', namespace: 'default' },
  spec: {
    workflowSpec: {
      serviceAccountName: 'build',
      templates: [
        { name: 'all', steps: [[{ name: 'a', template: 'a' }], [{ name: 'b', template: 'b', arguments: given }]] },
        { name: 'a', ...build },
        { name: 'b', serviceAccountName, ...deploy },
      ],
      ...spec,
    },
  },
});
const tekton = (task: object, first: object, more: object = {}, account_ = 'deploy') => ({
  apiVersion: 'tekton.dev/v1',
  kind: 'PipelineRun',
  metadata: { name: 'release', namespace: 'default' },
  spec: {
    taskRunTemplate: { serviceAccountName: 'build' },
    taskRunSpecs: [{ pipelineTaskName: 'b', serviceAccountName: account_ }],
    pipelineSpec: { tasks: [{ name: 'a', taskSpec: first }, { name: 'b', ...task }] },
    ...more,
  },
});
const RESULT = { parameters: [{ name: 'c', value: '{{steps.a.outputs.result}}' }] };
const PRINTS = { script: { image: 'a', command: ['sh'], source: 'echo x' } };
const runs = (container: object) => ({ inputs: { parameters: [{ name: 'c' }] }, container: { image: 'a', ...container } });
const SHELL = runs({ command: ['sh', '-c', '{{inputs.parameters.c}}'] });
const FROM = { artifacts: [{ name: 's', from: '{{steps.a.outputs.artifacts.s}}' }] };
const MAKES = { container: { image: 'a' }, outputs: { artifacts: [{ name: 's', path: '/tmp/out' }] } };
const gets = (command: string[]) => ({ inputs: { artifacts: [{ name: 's', path: '/tmp/in' }] }, container: { image: 'a', command } });
const CLAIM = { volumeClaimTemplates: [{ metadata: { name: 'files' }, spec: {} }] };
const mounts = (command: string[]) => ({ container: { image: 'a', command, volumeMounts: [{ name: 'files', mountPath: '/data' }] } });
const step = (more: object) => ({ steps: [{ name: 's', image: 'a', ...more }] });
const PARAM = [{ name: 'c', value: '$(tasks.a.results.c)' }];
const WORKSPACE = { workspaces: [{ name: 'ws', persistentVolumeClaim: { claimName: 'ws' } }] };

test.each<[string, object, string]>([
  ['a result is a command', argo(PRINTS, SHELL, RESULT), UNKNOWN],
  ['a result is a command of a step with the same account', argo(PRINTS, SHELL, RESULT, {}, 'build'), DENIED],
  ['a result is an argument', argo(PRINTS, runs({ command: ['tag'], args: ['{{inputs.parameters.c}}'] }), RESULT), DENIED],
  ['a result is the tag of an image', argo(PRINTS, runs({ image: 'a:{{inputs.parameters.c}}' }), RESULT), DENIED],
  ['a result is an image', argo(PRINTS, runs({ image: '{{inputs.parameters.c}}' }), RESULT), UNKNOWN],
  ['a parameter of the workflow is a command', argo(PRINTS, SHELL, { parameters: [{ name: 'c', value: '{{workflow.parameters.c}}' }] }), DENIED],
  ['an item of a result is a command', argo(PRINTS, SHELL, { parameters: [{ name: 'c', value: '{{item}}' }] }, {
    templates: [
      { name: 'all', steps: [[{ name: 'b', template: 'b', withParam: '{{steps.a.outputs.result}}', arguments: { parameters: [{ name: 'c', value: '{{item}}' }] } }]] },
      { name: 'b', serviceAccountName: 'deploy', ...SHELL },
    ],
  }), UNKNOWN],
  ['a step runs an artifact', argo(MAKES, gets(['sh', '/tmp/in']), FROM), UNKNOWN],
  ['a step reads an artifact', argo(MAKES, gets(['upload']), FROM), DENIED],
  ['a step runs a file of a volume', argo(mounts([]), mounts(['sh', '/data/run.sh']), {}, CLAIM), UNKNOWN],
  ['a step reads a file of a volume', argo(mounts([]), mounts(['upload']), {}, CLAIM), DENIED],
  ['a step runs a file of a volume of its own', argo({ container: { image: 'a' } }, mounts(['sh', '/data/run.sh']), {}, CLAIM), DENIED],
  ['a result is in a script of Tekton', tekton({ params: PARAM, taskSpec: step({ script: '$(params.c)' }) }, step({ script: 'make' })), UNKNOWN],
  ['a result is in a script with the same account', tekton({ params: PARAM, taskSpec: step({ script: '$(params.c)' }) }, step({ script: 'make' }), {}, 'build'), DENIED],
  ['a result is an argument of Tekton', tekton({ params: PARAM, taskSpec: step({ command: ['tag'], args: ['$(params.c)'] }) }, step({ script: 'make' })), DENIED],
  ['a script runs a file of a workspace', tekton({ taskSpec: step({ script: 'sh $(workspaces.ws.path)/run.sh' }) }, step({ script: 'make' }), WORKSPACE), UNKNOWN],
  ['a script has no workspace', tekton({ taskSpec: step({ script: 'deploy' }) }, step({ script: 'make' }), WORKSPACE), DENIED],
])('the pods of a step of a workflow might get the credentials of another one if %s, or not', (_, workflow, expected) =>
  expect(ask(workflow).outcome).toBe(expected));

test('the answer says how', () => expect(ask(argo(PRINTS, SHELL, RESULT)).missing.join()).toContain('hand what other steps of CronWorkflow release run on to these'));
