import { admin, LIST } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, job, objects } from '../templates';

const decide = (service: string, statement: object, container: object, resources = {}) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...admin(service),
  ...resources,
  Own: accountRole('default:app', statement),
  Applied: objects(account('app', 'Own'), job('default', 'app', { containers: [{ name: 'it', image: `app@sha256:${'0'.repeat(64)}`, ...container }] })),
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST);
const env = (name: string) => ({ env: [{ name, valueFrom: { secretKeyRef: { name: 'it', key: 'it' } } }] });
const script = (text: string) => ({ command: ['sh', '-c', text], ...env('CODE') });
const NOTHING = allow('sqs:ListQueues');

test.each<[string, object, string]>([
  ['in a variable', env('SSM_ACTIVATION_CODE'), 'UNKNOWN'],
  ['that a script registers with', script('amazon-ssm-agent -register -code "$CODE" -id $ID -region us-west-2 && amazon-ssm-agent'), 'UNKNOWN'],
  ['that a script registers with by another program', script('ssm-setup-cli -register -activation-code $CODE -activation-id $ID'), 'UNKNOWN'],
  ['that a script uses for something else', script('redeem --code $CODE'), 'DENIED'],
  ['under another name', env('ACTIVATION_URL'), 'DENIED'],
])('pods with a code %s might get the role of a hybrid activation, or not', (_, container, outcome) => {
  expect(decide('ssm', NOTHING, container).outcome).toBe(outcome);
  expect(decide('lambda', NOTHING, container).outcome).toBe('DENIED');
});

test.each([
  ['prod/ssm-activation-code', 'UNKNOWN'],
  ['prod/ssm-activation-id', 'DENIED'],
])('whoever reads the secret %s might get the role of a hybrid activation, or not', (Name, outcome) => {
  const secret = { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name } } };
  expect(decide('ssm', allow('secretsmanager:GetSecretValue'), {}, secret).outcome).toBe(outcome);
  expect(decide('ssm', NOTHING, {}, secret).outcome).toBe('DENIED');
});
