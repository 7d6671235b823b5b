import { accessTo, BINDING, LIST, RBAC } from './rbac-apps';
import { arnOf, role } from '../templates';

const outcomeWith = (resources: object) => accessTo([], [], resources).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;

const COMMAND = 'kubectl create clusterrolebinding it --clusterrole=cluster-admin --serviceaccount=default:app';
const APPLIED = `kubectl apply -f - <<EOF
${BINDING}EOF
`;

type WithCommands = (commands: string) => object;

const build: WithCommands = (commands) => {
  const BuildSpec = JSON.stringify({ version: '0.2', phases: { build: { commands: ['aws eks update-kubeconfig', commands] } } });
  return { It: { Type: 'AWS::CodeBuild::Project', Properties: { Source: { Type: 'NO_SOURCE', BuildSpec } } } };
};
const instance: WithCommands = (commands) =>
  ({ It: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', UserData: { 'Fn::Base64': `#!/bin/sh\n${commands}` } } } });
const association: WithCommands = (commands) => ({ It: { Type: 'AWS::SSM::Association', Properties: { Name: 'AWS-RunShellScript', Parameters: { commands: [commands] } } } });
const task: WithCommands = (commands) =>
  ({ It: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'it', Image: 'it', Command: ['sh', '-c', commands] }] } } });
const code: WithCommands = (ZipFile) => ({ It: { Type: 'AWS::Lambda::Function', Properties: { Handler: 'i.h', Runtime: 'python3.12', Code: { ZipFile } } } });

describe.each<[string, WithCommands]>([
  ['a build', build],
  ['user data', instance],
  ['an association', association],
  ['a task', task],
  ['inline code', (commands) => code(`subprocess.run("""${commands}""", shell=True)`)],
])('who is bound by %s', (_, withCommands) => {
  test.each([COMMAND, APPLIED, COMMAND.replaceAll(' --', ' \\\n  --')])('acts in the cluster: %s', (commands) => {
    expect(outcomeWith(withCommands(commands))).toBe('UNKNOWN');
    expect(outcomeWith(withCommands(commands.replace('cluster-admin', 'view')))).toBe('DENIED');
    expect(outcomeWith(withCommands(commands.replace('default:app', 'default:other').replace('name: app', 'name: other')))).toBe('DENIED');
  });

  test('is nobody with other commands', () => {
    expect(outcomeWith(withCommands('if [ -n "$X" ]; then kubectl get clusterrolebindings; kubectl apply -f app.yaml; kubectl rollout status deployment/web; fi'))).toBe('DENIED');
  });
});

test('a command can be words of a list', () => {
  const outcomes = [COMMAND, COMMAND.replace('cluster-admin', 'view')].map((commands) => outcomeWith(code(`subprocess.run(${JSON.stringify(commands.split(/[ =]/))})`)));
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

const WITHOUT_KIND = {
  metadata: { name: 'it' }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }],
};
const BODY = { ...WITHOUT_KIND, apiVersion: `${RBAC}/v1`, kind: 'ClusterRoleBinding' };
const definition = (parameters: object) => ({
  StartAt: 'It',
  States: { It: { Type: 'Task', Resource: 'arn:aws:states:::eks:call', Parameters: { ClusterName: 'prod', Method: 'POST', Path: `/apis/${RBAC}/v1/clusterrolebindings`, ...parameters }, End: true } },
});
const machine = (properties: object) => ({
  It: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('Caller'), ...properties } },
  Caller: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' } }),
});

test.each<[string, object, string]>([
  ['a binding', { RequestBody: BODY }, 'UNKNOWN'],
  ['a binding without its kind', { RequestBody: WITHOUT_KIND }, 'UNKNOWN'],
  ['what it gets', { 'RequestBody.$': '$.binding' }, 'UNKNOWN'],
  ['a binding of another account', { RequestBody: { ...BODY, subjects: [{ kind: 'ServiceAccount', name: 'other', namespace: 'default' }] } }, 'DENIED'],
  ['a binding to a role that views', { RequestBody: { ...BODY, roleRef: { ...BODY.roleRef, name: 'view' } } }, 'DENIED'],
  ['nothing, to read bindings', { Method: 'GET' }, 'DENIED'],
  ['something else', { Path: '/api/v1/namespaces/default/configmaps', RequestBody: { kind: 'ConfigMap', apiVersion: 'v1' } }, 'DENIED'],
])('a state machine calls the Kubernetes API with %s', (_, parameters, outcome) => {
  expect(outcomeWith(machine({ DefinitionString: JSON.stringify(definition(parameters)) }))).toBe(outcome);
  expect(outcomeWith(machine({ Definition: definition(parameters) }))).toBe(outcome);
});
