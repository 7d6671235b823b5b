import { decisionOf, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
const definition = (override: object) => ({
  StartAt: 'Run',
  States: { Run: { Type: 'Task', Resource: 'arn:aws:states:::ecs:runTask.sync', Parameters: { TaskDefinition: 'job', Overrides: { ContainerOverrides: [override] } }, End: true } },
});
const machine = (override: object) => ({
  Admin: role(trusted('states'), allow('s3:ListAllMyBuckets')),
  It: resource('AWS::StepFunctions::StateMachine', { RoleArn: arnOf('Admin'), Definition: definition(override) }),
});
const RUNNING = machine({ 'Command.$': '$.command' });
const OF_DATA = machine({ Environment: [{ 'Name': 'KEY', 'Value.$': '$.key' }] });
const STARTER = { Starter: role(trusted('events'), allow('states:StartExecution', { Ref: 'It' })) };
const pipe = (Source: unknown, Target: unknown = { Ref: 'It' }, more: object = {}) => ({ Pipe: resource('AWS::Pipes::Pipe', { RoleArn: arnOf('Starter'), Source, Target, ...more }) });
const rule = (Target: unknown, more: object = {}) => resource('AWS::Events::Rule', { EventPattern: { source: ['app'] }, Targets: [{ Id: 'it', Arn: Target, RoleArn: arnOf('Starter') }], ...more });
const OF_MACHINE = { Rule: rule({ Ref: 'It' }) };
const SOURCES = {
  Queue: resource('AWS::SQS::Queue'),
  Other: resource('AWS::SQS::Queue'),
  Failed: resource('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: arnOf('Queue'), maxReceiveCount: 3 } }),
  Topic: resource('AWS::SNS::Topic'),
  Subscription: resource('AWS::SNS::Subscription', { TopicArn: { Ref: 'Topic' }, Endpoint: arnOf('Queue'), Protocol: 'sqs' }),
  Inline: resource('AWS::SNS::Topic', { Subscription: [{ Endpoint: arnOf('Queue'), Protocol: 'sqs' }] }),
  Table: resource('AWS::DynamoDB::Table', { KinesisStreamSpecification: { StreamArn: arnOf('Stream') } }),
  Stream: resource('AWS::Kinesis::Stream'),
  Broker: resource('AWS::AmazonMQ::Broker'),
  Bucket: resource('AWS::S3::Bucket', { NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: arnOf('Queue') }] } }),
  Group: resource('AWS::Logs::LogGroup', { LogGroupName: 'app' }),
  Filter: resource('AWS::Logs::SubscriptionFilter', { LogGroupName: { Ref: 'Group' }, DestinationArn: arnOf('Stream') }),
  Bus: resource('AWS::Events::EventBus', { Name: 'orders' }),
};
const api = (Uri: string, integration: object, AuthorizationType = 'NONE', more: object = {}) => ({
  Api: resource('AWS::ApiGateway::RestApi', more),
  Method: resource('AWS::ApiGateway::Method', {
    RestApiId: { Ref: 'Api' },
    AuthorizationType,
    AuthorizerId: { Ref: 'Authorizer' },
    Integration: { Type: 'AWS', Uri: { 'Fn::Sub': `arn:aws:apigateway:us-west-2:${Uri}` }, ...integration },
  }),
  Authorizer: resource('AWS::ApiGateway::Authorizer', { ProviderARNs: [arnOf('Pool')] }),
  Pool: resource('AWS::Cognito::UserPool', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }),
  OpenPool: resource('AWS::Cognito::UserPool'),
});
const START = ['states:action/StartExecution', { RequestTemplates: { 'application/json': { 'Fn::Sub': '{"stateMachineArn": "${It}", "input": "$util.escapeJavaScript($input.json(\'$\'))"}' } } }] as const;
const http = (subtype: string, RequestParameters: object, AuthorizationType = 'NONE') => ({
  Integration: resource('AWS::ApiGatewayV2::Integration', { ApiId: 'api', IntegrationType: 'AWS_PROXY', IntegrationSubtype: subtype, RequestParameters }),
  Route: resource('AWS::ApiGatewayV2::Route', { ApiId: 'api', AuthorizationType, AuthorizerId: { Ref: 'Jwt' }, Target: { 'Fn::Sub': 'integrations/${Integration}' } }),
  Jwt: resource('AWS::ApiGatewayV2::Authorizer', { JwtConfiguration: { Issuer: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } } }),
  Pool: resource('AWS::Cognito::UserPool', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }),
});
const TO_MACHINE = ['StepFunctions-StartExecution', { StateMachineArn: { Ref: 'It' }, Input: '$request.body' }] as const;
const document = (more: object) => ({
  Api: resource('AWS::ApiGateway::RestApi', {
    Body: { paths: { '/': { post: { 'x-amazon-apigateway-integration': { uri: 'arn:aws:apigateway:us-west-2:states:action/StartExecution', requestTemplates: START[1].RequestTemplates }, ...more } } } },
  }),
});
const graph = (AuthenticationType: string, source: object, more: object = {}) => ({
  Graph: resource('AWS::AppSync::GraphQLApi', { AuthenticationType, ...more }),
  Source: resource('AWS::AppSync::DataSource', { ApiId: { 'Fn::GetAtt': ['Graph', 'ApiId'] }, ...source }),
});
const OVER_HTTP = { Type: 'HTTP', HttpConfig: { Endpoint: 'https://states.us-west-2.amazonaws.com', AuthorizationConfig: { AuthorizationType: 'AWS_IAM', AwsIamConfig: { SigningServiceName: 'states' } } } };
const other = (name: string, parameters: object) => ({
  First: resource('AWS::StepFunctions::StateMachine', {
    RoleArn: arnOf('Starter'), Definition: { StartAt: 'Next', States: { Next: { Type: 'Task', Resource: `arn:aws:states:::${name}`, Parameters: parameters, End: true } } },
  }),
});
const OF_BUCKET = { EventPattern: { source: ['aws.s3'], detail: { bucket: { name: [{ Ref: 'Bucket' }] } } } };
const NOTHING = allow('sqs:ReceiveMessage');
const send = (to: string) => allow('sqs:SendMessage', arnOf(to));
const put = (bus: string) => allow('events:PutEvents', `arn:aws:events:us-west-2:111122223333:event-bus/${bus}`);
const write = (key: string) => allow('s3:PutObject', { 'Fn::Sub': `arn:aws:s3:::${key}` });
const PIPE = pipe(arnOf('Queue'));
const QUEUE_PATH = 'sqs:path/${AWS::AccountId}/${Queue.QueueName}';
const FORWARDED = { ...OF_MACHINE, First: rule(arnOf('Bus')), Rule: rule({ Ref: 'It' }, { EventBusName: { Ref: 'Bus' } }) };

/** Each way, what the pod may request, and the outcome. */
const ROWS: Array<[string, object, object, string]> = [
  ['a queue of a pipe', PIPE, send('Queue'), 'UNKNOWN'],
  ['an alias of it', { Alias: resource('AWS::StepFunctions::StateMachineAlias', { Name: 'live', RoutingConfiguration: [{ StateMachineVersionArn: { Ref: 'Version' }, Weight: 100 }] }), Version: resource('AWS::StepFunctions::StateMachineVersion', { StateMachineArn: { Ref: 'It' } }) }, allow('states:StartExecution', { Ref: 'Alias' }), 'UNKNOWN'],
  ['an alias of it by its name', {}, allow('states:StartExecution', { 'Fn::Sub': '${It}:live' }), 'UNKNOWN'],
  ['an access point of a bucket whose events have a rule', { Rule: rule({ Ref: 'It' }, OF_BUCKET), Point: resource('AWS::S3::AccessPoint', { Name: 'point', Bucket: { Ref: 'Bucket' } }) }, allow('s3:PutObject', 'arn:aws:s3:us-west-2:111122223333:accesspoint/point/object/*'), 'UNKNOWN'],
  ['a bucket that is replicated to one whose events have a rule', { Rule: rule({ Ref: 'It' }, OF_BUCKET), Source: resource('AWS::S3::Bucket', { ReplicationConfiguration: { Rules: [{ Destination: { Bucket: arnOf('Bucket') } }] } }) }, write('${Source}/*'), 'UNKNOWN'],
  ['a state machine that copies objects to a bucket whose events have a rule', { Rule: rule({ Ref: 'It' }, OF_BUCKET), ...other('aws-sdk:s3:copyObject', { 'Bucket': { Ref: 'Bucket' }, 'Key': 'in', 'CopySource.$': '$.source' }) }, allow('states:StartExecution', { Ref: 'First' }), 'UNKNOWN'],
  ['a function whose failed events get to its queue', { Function: resource('AWS::Lambda::Function', { Role: 'arn:aws:iam::111122223333:role/function', FunctionName: 'it', DeadLetterConfig: { TargetArn: arnOf('Queue') } }), ...PIPE }, allow('lambda:InvokeFunction', arnOf('Function')), 'UNKNOWN'],
  ['a function whose results get to its queue', { Function: resource('AWS::Lambda::Function', { Role: 'arn:aws:iam::111122223333:role/function', FunctionName: 'it' }), Invoke: resource('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: 'Function' }, DestinationConfig: { OnSuccess: { Destination: arnOf('Queue') } } }), ...PIPE }, allow('lambda:InvokeFunction', arnOf('Function')), 'UNKNOWN'],
  ['a function whose results get to its queue under a condition', { Function: resource('AWS::Lambda::Function', { Role: 'arn:aws:iam::111122223333:role/function', FunctionName: 'it' }), Invoke: resource('AWS::Lambda::EventInvokeConfig', { FunctionName: { 'Fn::If': ['IsProd', { Ref: 'Function' }, 'other'] }, DestinationConfig: { OnSuccess: { Destination: arnOf('Queue') } } }), ...PIPE }, allow('lambda:InvokeFunction', arnOf('Function')), 'UNKNOWN'],
  ['another queue', PIPE, send('Other'), 'DENIED'],
  ['a queue whose failed messages get to it', PIPE, send('Failed'), 'UNKNOWN'],
  ['a queue of its own, whose failed messages it may send elsewhere', PIPE, allow('sqs:SetQueueAttributes', arnOf('Other')), 'UNKNOWN'],
  ['a topic of its queue', PIPE, allow('sns:Publish', { Ref: 'Topic' }), 'UNKNOWN'],
  ['a topic that names its queue', PIPE, allow('sns:Publish', { Ref: 'Inline' }), 'UNKNOWN'],
  ['the bucket of its queue', PIPE, write('${Bucket}/in/*'), 'UNKNOWN'],
  ['a queue of a pipe with an input of its own', pipe(arnOf('Queue'), { Ref: 'It' }, { TargetParameters: { InputTemplate: '{"command":["run"]}' } }), send('Queue'), 'DENIED'],
  ['a table', pipe({ 'Fn::GetAtt': ['Table', 'StreamArn'] }), allow('dynamodb:PutItem', arnOf('Table')), 'UNKNOWN'],
  ['a table with a stream', pipe(arnOf('Stream')), allow('dynamodb:PutItem', arnOf('Table')), 'UNKNOWN'],
  ['a log group', pipe(arnOf('Stream')), allow('logs:PutLogEvents', 'arn:aws:logs:us-west-2:111122223333:log-group:app:log-stream:a'), 'UNKNOWN'],
  ['another log group', pipe(arnOf('Stream')), allow('logs:PutLogEvents', 'arn:aws:logs:us-west-2:111122223333:log-group:other:log-stream:a'), 'DENIED'],
  ['nothing, next to a broker', pipe(arnOf('Broker')), NOTHING, 'UNKNOWN'],
  ['nothing, next to Apache Kafka elsewhere', pipe('smk://kafka.example.com:9092'), NOTHING, 'UNKNOWN'],
  ['a bus', OF_MACHINE, put('default'), 'UNKNOWN'],
  ['a bus that sends to another one', FORWARDED, put('default'), 'UNKNOWN'],
  ['a bus that sends nowhere', { Rule: FORWARDED.Rule }, put('default'), 'DENIED'],
  ['a bucket whose events have a rule', { Rule: rule({ Ref: 'It' }, OF_BUCKET) }, write('${Bucket}/in/*'), 'UNKNOWN'],
  ['a bucket whose objects have a rule', { Rule: rule({ Ref: 'It' }, { EventPattern: { ...OF_BUCKET.EventPattern, 'source': undefined, 'detail-type': ['Object Created'] } }) }, write('${Bucket}/in/*'), 'UNKNOWN'],
  ['another bucket', { Rule: rule({ Ref: 'It' }, OF_BUCKET) }, write('others/*'), 'DENIED'],
  ['any bucket', { Rule: rule({ Ref: 'It' }, { EventPattern: { source: ['aws.s3'] } }) }, write('others/*'), 'UNKNOWN'],
  ['a queue of a rule', { ...PIPE, Rule: rule(arnOf('Queue')) }, put('default'), 'UNKNOWN'],
  ['nothing, next to an API', api(...START), NOTHING, 'UNKNOWN'],
  ['nothing, next to an API of a queue', { ...PIPE, ...api(QUEUE_PATH, {}) }, NOTHING, 'UNKNOWN'],
  ['nothing, next to an API of another queue', { ...PIPE, ...api(QUEUE_PATH.replace('Queue.', 'Other.'), {}) }, NOTHING, 'DENIED'],
  ['nothing, next to an API of a bus', { ...OF_MACHINE, ...api('events:action/PutEvents', {}) }, NOTHING, 'UNKNOWN'],
  ['nothing, next to an API of a function', api('lambda:path/2015-03-31/functions/f/invocations', {}), NOTHING, 'DENIED'],
  ['nothing, next to an API of signed requests', api(...START, 'AWS_IAM'), NOTHING, 'DENIED'],
  ['an API of signed requests', api(...START, 'AWS_IAM'), allow('execute-api:Invoke'), 'UNKNOWN'],
  ['nothing, next to an API with a policy', api(...START, 'AWS_IAM', { Policy: {} }), NOTHING, 'UNKNOWN'],
  ['nothing, next to an API of users', api(...START, 'COGNITO_USER_POOLS'), NOTHING, 'DENIED'],
  ['the users of an API', api(...START, 'COGNITO_USER_POOLS'), allow('cognito-idp:AdminCreateUser', arnOf('Pool')), 'UNKNOWN'],
  ['nothing, next to an API of users who sign up', { ...api(...START, 'COGNITO_USER_POOLS'), Authorizer: resource('AWS::ApiGateway::Authorizer', { ProviderARNs: [arnOf('OpenPool')] }) }, NOTHING, 'UNKNOWN'],
  ['nothing, next to an HTTP API', http(...TO_MACHINE), NOTHING, 'UNKNOWN'],
  ['nothing, next to an HTTP API without a route', { ...http(...TO_MACHINE), Route: OF_MACHINE.Rule }, NOTHING, 'UNKNOWN'],
  ['nothing, next to an HTTP API of a queue', { ...PIPE, ...http('SQS-SendMessage', { QueueUrl: { Ref: 'Queue' }, MessageBody: '$request.body' }) }, NOTHING, 'UNKNOWN'],
  ['nothing, next to an HTTP API of another queue', { ...PIPE, ...http('SQS-SendMessage', { QueueUrl: { Ref: 'Other' }, MessageBody: '$request.body' }) }, NOTHING, 'DENIED'],
  ['nothing, next to an HTTP API of a stream', { ...pipe(arnOf('Stream')), ...http('Kinesis-PutRecord', { StreamName: { Ref: 'Stream' } }) }, NOTHING, 'UNKNOWN'],
  ['an HTTP API of signed requests', http(...TO_MACHINE, 'AWS_IAM'), allow('execute-api:Invoke'), 'UNKNOWN'],
  ['nothing, next to an HTTP API of signed requests', http(...TO_MACHINE, 'AWS_IAM'), NOTHING, 'DENIED'],
  ['nothing, next to an HTTP API of users', http(...TO_MACHINE, 'JWT'), NOTHING, 'DENIED'],
  ['nothing, next to an API of a document', document({}), NOTHING, 'UNKNOWN'],
  ['nothing, next to an API of a document with signed requests', document({ 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }), NOTHING, 'DENIED'],
  ['nothing, next to a graph', graph('API_KEY', OVER_HTTP), NOTHING, 'UNKNOWN'],
  ['a graph of signed requests', graph('AWS_IAM', OVER_HTTP), allow('appsync:GraphQL'), 'UNKNOWN'],
  ['nothing, next to a graph of signed requests', graph('AWS_IAM', OVER_HTTP), NOTHING, 'DENIED'],
  ['nothing, next to a graph of signed requests and others', graph('AWS_IAM', OVER_HTTP, { AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }] }), NOTHING, 'UNKNOWN'],
  ['nothing, next to a graph of a bus', { ...FORWARDED, ...graph('API_KEY', { Type: 'AMAZON_EVENTBRIDGE', EventBridgeConfig: { EventBusArn: arnOf('Bus') } }) }, NOTHING, 'UNKNOWN'],
  ['nothing, next to a graph of another service', graph('API_KEY', { Type: 'NONE' }), NOTHING, 'DENIED'],
  ['nothing, next to mails', { ...PIPE, Mails: resource('AWS::SES::ReceiptRule', { Rule: { Actions: [{ SNSAction: { TopicArn: { Ref: 'Topic' } } }] } }) }, NOTHING, 'UNKNOWN'],
  ['nothing, next to mails in its bucket', { ...PIPE, Mails: resource('AWS::SES::ReceiptRule', { Rule: { Actions: [{ S3Action: { BucketName: { Ref: 'Bucket' } } }] } }) }, NOTHING, 'UNKNOWN'],
  ['a state machine that starts it', other('states:startExecution', { 'StateMachineArn': { Ref: 'It' }, 'Input.$': '$' }), allow('states:StartExecution', { Ref: 'First' }), 'UNKNOWN'],
  ['a state machine that starts it with an input of its own', other('states:startExecution', { StateMachineArn: { Ref: 'It' }, Input: {} }), allow('states:StartExecution', { Ref: 'First' }), 'DENIED'],
  ['a state machine that sends to its queue', { ...PIPE, ...other('sqs:sendMessage', { 'QueueUrl': { Ref: 'Queue' }, 'MessageBody.$': '$' }) }, allow('states:StartExecution', { Ref: 'First' }), 'UNKNOWN'],
];

describe('a pod, if a state machine runs a command of what it gets, that may write to', () => {
  test.each(ROWS)('%s', (_, resources, statement, outcome) => {
    expect(decisionOf({ ...SOURCES, ...STARTER, ...RUNNING, ...resources }, statement).outcome).toBe(outcome);
  });
});

describe('a pod, if a state machine only has data of what it gets, that may write to', () => {
  test.each(ROWS)('%s', (_, resources, statement) => {
    expect(decisionOf({ ...SOURCES, ...STARTER, ...OF_DATA, ...resources }, statement).outcome).toBe('DENIED');
  });
});
