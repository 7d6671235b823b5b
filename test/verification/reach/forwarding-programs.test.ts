import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';
import { trusted } from './code-apps';

const READS = ['s3:GetObject', 'dynamodb:PutItem', 's3:ListBucket', 'sqs:SendMessage'];
const resource = (Type: string, Properties: object) => ({ Type, Properties });
const machine = (request: string, Parameters: object, actions = READS) => ({
  Own: role(trusted('states'), allow(actions)),
  It: resource('AWS::StepFunctions::StateMachine', {
    RoleArn: arnOf('Own'),
    DefinitionString: JSON.stringify({ StartAt: 'Run', States: { Run: { Type: 'Task', Resource: `arn:aws:states:::${request}`, Parameters, End: true } } }),
  }),
});
const runbook = (inputs: object, actions = READS) => ({
  Own: role(trusted('ssm'), allow(actions)),
  It: resource('AWS::SSM::Document', {
    DocumentType: 'Automation',
    Name: 'read',
    Content: { schemaVersion: '0.3', assumeRole: { 'Fn::GetAtt': ['Own', 'Arn'] }, parameters: { key: { type: 'String' } }, mainSteps: [{ name: 'it', action: 'aws:executeAwsApi', inputs }] },
  }),
});
const START = allow('states:StartExecution', { Ref: 'It' });
const AUTOMATION = allow('ssm:StartAutomationExecution');

const outcomeOf = (action: string, resources: object, ...statements: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  Role: accountRole('default:app', ...statements), Applied: objects(account('app', 'Role')), ...resources,
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(action).outcome;

const OBJECT = { 'Bucket': 'data', 'Key.$': '$.key' };
const API = { Service: 's3', Api: 'GetObject', Bucket: 'data', Key: '{{ key }}' };

test.each<[action: string, how: string, resources: object, statement: object, outcome: string]>([
  ['s3:GetObject', 'a key', machine('aws-sdk:s3:getObject', OBJECT), START, 'UNKNOWN'],
  ['s3:PutObject', 'a key for another request', machine('aws-sdk:s3:getObject', OBJECT, [...READS, 's3:PutObject']), START, 'DENIED'],
  ['s3:GetObject', 'a key that it does not hand on', machine('aws-sdk:s3:getObject', { Bucket: 'data', Key: 'report' }), START, 'DENIED'],
  ['s3:GetObject', 'a key that its role may not read', machine('aws-sdk:s3:getObject', OBJECT, ['s3:PutObject']), START, 'DENIED'],
  ['s3:ListBucket', 'a bucket for a request with another name', machine('aws-sdk:s3:listObjectsV2', { 'Bucket.$': '$.bucket' }), START, 'UNKNOWN'],
  ['dynamodb:PutItem', 'an item', machine('dynamodb:putItem', { 'TableName': 'orders', 'Item.$': '$.item' }), START, 'UNKNOWN'],
  ['s3:GetObject', 'what it copies', machine('aws-sdk:s3:copyObject', { 'Bucket': 'out', 'Key.$': '$.key', 'CopySource.$': '$.source' }), START, 'UNKNOWN'],
  ['s3:GetObject', 'a key, but does not start it', machine('aws-sdk:s3:getObject', OBJECT), allow('states:DescribeExecution'), 'DENIED'],
  ['s3:GetObject', 'a key to a runbook', runbook(API), AUTOMATION, 'UNKNOWN'],
  ['s3:GetObject', 'a key to a runbook that does not hand it on', runbook({ ...API, Key: 'report' }), AUTOMATION, 'DENIED'],
  ['s3:PutObject', 'a key to a runbook for another request', runbook(API, [...READS, 's3:PutObject']), AUTOMATION, 'DENIED'],
])('%s of what a pod sends to a state machine or a runbook: %s', (action, _, resources, statement, outcome) => {
  expect(outcomeOf(action, resources, statement)).toBe(outcome);
});
