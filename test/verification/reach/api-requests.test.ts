import { trusted } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const decide = (action: string, resources: object, statements: object[], question: object = {}) => verification.PodAccess
  .fromTemplates(clusterTemplate({ ...resources, Role: accountRole('default:app', ...statements), Objects: objects(account('app', 'Role')) }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ serviceAccountName: 'app' }).decide(action, question);

const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
const NOTHING = [allow('sqs:ListQueues')];
const INVOKE = [allow('execute-api:Invoke')];
const AWS = 'arn:aws:apigateway:us-west-2';
const caller = (service: string, ...statements: object[]) => ({ Caller: role(trusted(service), ...statements) });
const method = (Uri: unknown, more: object = {}, AuthorizationType = 'NONE') => ({
  Api: resource('AWS::ApiGateway::RestApi'),
  Method: resource('AWS::ApiGateway::Method', {
    RestApiId: { Ref: 'Api' }, HttpMethod: 'POST', AuthorizationType, Integration: { Type: 'AWS', IntegrationHttpMethod: 'POST', Uri, Credentials: arnOf('Caller'), ...more },
  }),
});
const api = (Uri: unknown, action: string, ...rest: [more?: object, type?: string]) => ({ ...caller('apigateway', allow(action)), ...method(Uri, ...rest) });
const integration = (properties: object, AuthorizationType = 'NONE') => ({
  Integration: resource('AWS::ApiGatewayV2::Integration', { ApiId: 'api', IntegrationType: 'AWS_PROXY', CredentialsArn: arnOf('Caller'), ...properties }),
  Route: resource('AWS::ApiGatewayV2::Route', { ApiId: 'api', AuthorizationType, Target: { 'Fn::Sub': 'integrations/${Integration}' } }),
});
const document = (inner: object, more: object = {}) => ({ paths: { '/': { post: { 'x-amazon-apigateway-integration': { type: 'aws', ...inner }, ...more } } } });
const ofBody = (properties: object, type = 'AWS::ApiGateway::RestApi') => ({ ...caller('apigateway', allow('dynamodb:*')), Api: resource(type, properties) });
const PUT = { uri: `${AWS}:dynamodb:action/PutItem`, credentials: arnOf('Caller') };
const SIGNED = { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } };
const POLICY = { Statement: [{ ...allow('execute-api:Invoke'), Principal: '*' }] };
const ofTable = (type: string) => api(`${AWS}:dynamodb:action/PutItem`, 'dynamodb:*', {}, type);
const graph = (AuthenticationType: string, source: object, more: object = {}) => ({
  Graph: resource('AWS::AppSync::GraphQLApi', { AuthenticationType, ...more }),
  Source: resource('AWS::AppSync::DataSource', { ApiId: { 'Fn::GetAtt': ['Graph', 'ApiId'] }, ServiceRoleArn: arnOf('Caller'), ...source }),
  Pool: resource('AWS::Cognito::UserPool', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }),
});
const signed = (SigningServiceName: string) => ({ Type: 'HTTP', HttpConfig: { Endpoint: 'https://example.amazonaws.com', AuthorizationConfig: { AuthorizationType: 'AWS_IAM', AwsIamConfig: { SigningServiceName } } } });
const GET = 'appconfig:GetLatestConfiguration';
const configuration = (action: string) => ({
  ...caller('appconfig', allow(action)), Profile: resource('AWS::AppConfig::ConfigurationProfile', { LocationUri: 'secretsmanager://k', RetrievalRoleArn: arnOf('Caller') }),
});
const READ_SECRET = 'secretsmanager:GetSecretValue';
const PUT_ITEM = 'dynamodb:PutItem';
const OF_TABLE = { Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { TableName: 'orders', AwsRegion: 'us-west-2' } };

test.each<[string, string, object, object[], string]>([
  ['an API of a table', PUT_ITEM, api(`${AWS}:dynamodb:action/PutItem`, 'dynamodb:*'), NOTHING, 'UNKNOWN'],
  ['an API of a table, and another request', 'dynamodb:DeleteTable', api(`${AWS}:dynamodb:action/PutItem`, 'dynamodb:*'), NOTHING, 'DENIED'],
  ['an API of a table, and a request of another service', 's3:GetObject', api(`${AWS}:dynamodb:action/PutItem`, '*'), NOTHING, 'DENIED'],
  ['an API of a table, with several statements', 'dynamodb:PartiQLInsert', api(`${AWS}:dynamodb:action/ExecuteStatement`, 'dynamodb:*'), NOTHING, 'UNKNOWN'],
  ['an API of a table, if the role may not', 'dynamodb:Scan', api(`${AWS}:dynamodb:action/Scan`, PUT_ITEM), NOTHING, 'DENIED'],
  ['an API of a bucket', 's3:GetObject', api({ 'Fn::Sub': `${AWS}:s3:path/{bucket}/{key}` }, 's3:GetObject'), NOTHING, 'UNKNOWN'],
  ['an API of a bucket by its host', 's3:GetObject', api({ 'Fn::Sub': `${AWS}:files.s3:path/{key}` }, 's3:GetObject'), NOTHING, 'UNKNOWN'],
  ['an API of a bucket by a host of the templates', 's3:GetObject', { ...api({ 'Fn::Sub': `${AWS}:\${Files}.s3:path/{key}` }, '*'), Files: resource('AWS::S3::Bucket') }, NOTHING, 'UNKNOWN'],
  ['an API of a queue', 'sqs:SendMessage', api(`${AWS}:sqs:path/111122223333/jobs`, 'sqs:SendMessage'), NOTHING, 'UNKNOWN'],
  ['an API of a queue, and the requests of others', 's3:GetObject', api(`${AWS}:sqs:path/111122223333/jobs`, '*'), NOTHING, 'DENIED'],
  ['an API of a state machine, and other requests', 'states:DeleteStateMachine', api(`${AWS}:states:action/StartExecution`, 'states:*'), NOTHING, 'DENIED'],
  ['an API of a function', 'lambda:UpdateFunctionCode', api(`${AWS}:lambda:path/2015-03-31/functions/arn:aws:lambda:us-west-2:111122223333:function:f/invocations`, 'lambda:*'), NOTHING, 'DENIED'],
  ['an API of a function without a role', 'lambda:InvokeFunction', method(`${AWS}:lambda:path/2015-03-31/functions/f/invocations`, { Credentials: undefined }), NOTHING, 'DENIED'],
  ['an API of paths of AWS Lambda', 'lambda:InvokeFunction', api(`${AWS}:lambda:path/{proxy}`, 'lambda:InvokeFunction'), NOTHING, 'UNKNOWN'],
  ['an API of Amazon Comprehend', 'comprehend:DetectSentiment', api(`${AWS}:comprehend:action/DetectSentiment`, 'comprehend:DetectSentiment'), NOTHING, 'UNKNOWN'],
  ['an API of Amazon Comprehend, and other requests', 's3:GetObject', api(`${AWS}:comprehend:action/DetectSentiment`, 'comprehend:DetectSentiment'), NOTHING, 'DENIED'],
  ['an API over HTTP', PUT_ITEM, api('https://example.com', 'dynamodb:*', { Type: 'HTTP_PROXY' }), NOTHING, 'DENIED'],
  ['an API with the credentials of its caller', PUT_ITEM, api(`${AWS}:dynamodb:action/PutItem`, 'dynamodb:*', { Credentials: 'arn:aws:iam::*:user/*' }), INVOKE, 'DENIED'],
  ['an API of signed requests', PUT_ITEM, api(`${AWS}:dynamodb:action/PutItem`, 'dynamodb:*', {}, 'AWS_IAM'), NOTHING, 'DENIED'],
  ['an API of signed requests, which it may call', PUT_ITEM, api(`${AWS}:dynamodb:action/PutItem`, 'dynamodb:*', {}, 'AWS_IAM'), INVOKE, 'UNKNOWN'],
  ['an API of signed requests, which it may call, and another request', 'dynamodb:DeleteTable', api(`${AWS}:dynamodb:action/PutItem`, 'dynamodb:*', {}, 'AWS_IAM'), INVOKE, 'DENIED'],
  ['an API of signed requests, with a policy', PUT_ITEM, { ...ofTable('AWS_IAM'), Api: resource('AWS::ApiGateway::RestApi', { Policy: POLICY }) }, NOTHING, 'UNKNOWN'],
  ['an API of signed requests, with a policy in its document', PUT_ITEM, { ...ofTable('AWS_IAM'), Api: resource('AWS::ApiGateway::RestApi', { Body: { 'x-amazon-apigateway-policy': POLICY } }) }, NOTHING, 'UNKNOWN'],
  ['an API of another app, of signed requests', PUT_ITEM, { ...ofTable('AWS_IAM'), Api: resource('AWS::SQS::Queue') }, NOTHING, 'UNKNOWN'],
  ['an HTTP API of a queue', 'sqs:SendMessage', { ...caller('apigateway', allow('sqs:*')), ...integration({ IntegrationSubtype: 'SQS-SendMessage' }) }, NOTHING, 'UNKNOWN'],
  ['an HTTP API of a queue, and another request', 'sqs:ReceiveMessage', { ...caller('apigateway', allow('sqs:*')), ...integration({ IntegrationSubtype: 'SQS-SendMessage' }) }, NOTHING, 'DENIED'],
  ['an HTTP API of signed requests', 'sqs:SendMessage', { ...caller('apigateway', allow('sqs:*')), ...integration({ IntegrationSubtype: 'SQS-SendMessage' }, 'AWS_IAM') }, NOTHING, 'DENIED'],
  ['an API of WebSockets', PUT_ITEM, { ...caller('apigateway', allow('dynamodb:*')), ...integration({ IntegrationType: 'AWS', IntegrationUri: `${AWS}:dynamodb:action/PutItem` }) }, NOTHING, 'UNKNOWN'],
  ['an API of a document', PUT_ITEM, ofBody({ Body: document(PUT) }), NOTHING, 'UNKNOWN'],
  ['an API of a document, and another request', 'dynamodb:DeleteTable', ofBody({ Body: document(PUT) }), NOTHING, 'DENIED'],
  ['an API of a document of signed requests', PUT_ITEM, ofBody({ Body: document(PUT, SIGNED) }), NOTHING, 'DENIED'],
  ['an API of a document of signed requests, with a policy', PUT_ITEM, ofBody({ Body: document(PUT, SIGNED), Policy: POLICY }), NOTHING, 'UNKNOWN'],
  ['an API of a document of signed requests, with a policy in it', PUT_ITEM, ofBody({ Body: { ...document(PUT, SIGNED), 'x-amazon-apigateway-policy': POLICY } }), NOTHING, 'UNKNOWN'],
  ['an HTTP API of a document', PUT_ITEM, ofBody({ Body: document(PUT) }, 'AWS::ApiGatewayV2::Api'), NOTHING, 'UNKNOWN'],
  ['an API of a document in a bucket', PUT_ITEM, ofBody({ BodyS3Location: { Bucket: 'docs', Key: 'api.json' } }), NOTHING, 'UNKNOWN'],
  ['an API of a document that is not known', PUT_ITEM, ofBody({ Body: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://docs/api.yaml' } } } }), NOTHING, 'UNKNOWN'],
  ['an API without a document', PUT_ITEM, ofBody({}), NOTHING, 'DENIED'],
  ['a graph of a table', PUT_ITEM, { ...caller('appsync', allow('dynamodb:*')), ...graph('API_KEY', OF_TABLE) }, NOTHING, 'UNKNOWN'],
  ['a graph of a table, and another service', 's3:GetObject', { ...caller('appsync', allow('*')), ...graph('API_KEY', OF_TABLE) }, NOTHING, 'DENIED'],
  ['a graph of a table, of signed requests', PUT_ITEM, { ...caller('appsync', allow('dynamodb:*')), ...graph('AWS_IAM', OF_TABLE) }, NOTHING, 'DENIED'],
  ['a graph of a table, of signed requests, which it may send', PUT_ITEM, { ...caller('appsync', allow('dynamodb:*')), ...graph('AWS_IAM', OF_TABLE) }, [allow('appsync:GraphQL')], 'UNKNOWN'],
  ['a graph of a table, of signed requests, of which it may change how they are signed', PUT_ITEM, { ...caller('appsync', allow('dynamodb:*')), ...graph('AWS_IAM', OF_TABLE) }, [allow('appsync:UpdateGraphqlApi')], 'UNKNOWN'],
  ['a graph of users', PUT_ITEM, { ...caller('appsync', allow('dynamodb:*')), ...graph('AMAZON_COGNITO_USER_POOLS', OF_TABLE, { UserPoolConfig: { UserPoolId: { Ref: 'Pool' } } }) }, NOTHING, 'DENIED'],
  ['a graph of users, which it may add', PUT_ITEM, { ...caller('appsync', allow('dynamodb:*')), ...graph('AMAZON_COGNITO_USER_POOLS', OF_TABLE, { UserPoolConfig: { UserPoolId: { Ref: 'Pool' } } }) }, [allow('cognito-idp:AdminCreateUser')], 'UNKNOWN'],
  ['a graph of users who sign up', PUT_ITEM, { ...caller('appsync', allow('dynamodb:*')), ...graph('AMAZON_COGNITO_USER_POOLS', OF_TABLE, { UserPoolConfig: { UserPoolId: 'us-west-2_other' } }) }, NOTHING, 'UNKNOWN'],
  ['a graph of a service', 'rds-data:ExecuteStatement', { ...caller('appsync', allow('rds-data:ExecuteStatement')), ...graph('API_KEY', { Type: 'RELATIONAL_DATABASE' }) }, NOTHING, 'UNKNOWN'],
  ['a graph over HTTP', 's3:GetObject', { ...caller('appsync', allow('s3:GetObject')), ...graph('API_KEY', signed('s3')) }, NOTHING, 'UNKNOWN'],
  ['a graph over HTTP without a signature', 's3:GetObject', { ...caller('appsync', allow('s3:GetObject')), ...graph('API_KEY', { Type: 'HTTP', HttpConfig: { Endpoint: 'https://example.com' } }) }, NOTHING, 'DENIED'],
  ['a graph of nothing', 's3:GetObject', { ...caller('appsync', allow('s3:GetObject')), ...graph('API_KEY', { Type: 'NONE' }) }, NOTHING, 'DENIED'],
  ['a graph over HTTP, and another service', 's3:GetObject', { ...caller('appsync', allow('*')), ...graph('API_KEY', signed('dynamodb')) }, NOTHING, 'DENIED'],
  ['a configuration that AWS AppConfig reads', READ_SECRET, configuration('secretsmanager:*'), [allow(GET)], 'UNKNOWN'],
  ['a configuration of an application that AWS AppConfig reads', READ_SECRET, configuration('secretsmanager:*'), [allow(GET, 'arn:aws:appconfig:*:*:application/a1b2c3d/*')], 'UNKNOWN'],
  ['a configuration that AWS AppConfig reads, and another request', 'secretsmanager:PutSecretValue', configuration('secretsmanager:*'), [allow(GET)], 'DENIED'],
  ['a configuration that AWS AppConfig reads, which it may not get', READ_SECRET, configuration('secretsmanager:*'), NOTHING, 'DENIED'],
])('what a pod might do through %s: %s', (_, action, resources, statements, outcome) => {
  expect(decide(action, resources, statements).outcome).toBe(outcome);
});

const GOAL = 's3:ListAllMyBuckets';
const VICTIM = { Victim: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Caller') } }, allow(GOAL)) };
const FUNCTION = { Victim: role(trusted('lambda'), allow(GOAL)), Function: resource('AWS::Lambda::Function', { Role: arnOf('Victim'), Code: { S3Bucket: 'code', S3Key: 'f.zip' } }) };
const INSTANCE = { Victim: role(trusted('ec2'), allow(GOAL)) };

test.each<[string, object, object[], string]>([
  ['assume a role', { ...VICTIM, ...api(`${AWS}:sts:action/AssumeRole`, 'sts:AssumeRole') }, NOTHING, 'UNKNOWN'],
  ['assume a role, if signed', { ...VICTIM, ...api(`${AWS}:sts:action/AssumeRole`, 'sts:AssumeRole', {}, 'AWS_IAM') }, INVOKE, 'UNKNOWN'],
  ['assume a role, if others sign', { ...VICTIM, ...api(`${AWS}:sts:action/AssumeRole`, 'sts:AssumeRole', {}, 'AWS_IAM') }, NOTHING, 'DENIED'],
  ['assume a role, of a table', { ...VICTIM, ...api(`${AWS}:dynamodb:action/PutItem`, '*') }, NOTHING, 'DENIED'],
  ['write code', { ...FUNCTION, ...api(`${AWS}:s3:path/code/{proxy}`, 's3:PutObject') }, NOTHING, 'UNKNOWN'],
  ['write no code', { ...FUNCTION, ...api(`${AWS}:s3:path/code/{proxy}`, 's3:GetObject') }, NOTHING, 'DENIED'],
  ['send commands', { ...INSTANCE, ...api(`${AWS}:ssm:action/SendCommand`, 'ssm:SendCommand') }, NOTHING, 'UNKNOWN'],
  ['change policies', api(`${AWS}:iam:action/PutRolePolicy`, 'iam:PutRolePolicy'), NOTHING, 'UNKNOWN'],
  ['change functions', { ...FUNCTION, ...api(`${AWS}:lambda:path/{proxy}`, 'lambda:*') }, NOTHING, 'UNKNOWN'],
  ['only call a function', { ...FUNCTION, ...api(`${AWS}:lambda:path/2015-03-31/functions/f/invocations`, 'lambda:*') }, NOTHING, 'DENIED'],
  ['assume a role, by a graph', { ...VICTIM, ...caller('appsync', allow('sts:AssumeRole')), ...graph('API_KEY', signed('sts')) }, NOTHING, 'UNKNOWN'],
  ['assume a role, by two integrations with one role', { ...VICTIM, ...api(`${AWS}:dynamodb:action/PutItem`, '*'), Second: method(`${AWS}:sts:action/AssumeRole`).Method }, NOTHING, 'UNKNOWN'],
])('an API might let a pod %s', (_, resources, statements, outcome) => {
  expect(decide(GOAL, resources, statements).outcome).toBe(outcome);
});

test('the answer names the API', () => {
  expect(decide(PUT_ITEM, api(`${AWS}:dynamodb:action/PutItem`, 'dynamodb:*'), NOTHING).missing).toEqual([
    'anyone might decide through Amazon API Gateway what Method does with role Caller',
  ]);
});

describe('the secret of a client of a user pool lets call an API of its users', () => {
  const CLIENT = { UserPoolId: { Ref: 'Pool' }, GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'] };
  const SECRET = { 'Fn::GetAtt': ['Client', 'ClientSecret'] };
  const ofUsers = (client: object, more: object = {}) => ({
    ...caller('appsync', allow('dynamodb:*')),
    ...graph('AMAZON_COGNITO_USER_POOLS', OF_TABLE, { UserPoolConfig: { UserPoolId: { Ref: 'Pool' } } }),
    Client: resource('AWS::Cognito::UserPoolClient', client),
    ...more,
  });
  const stored = resource('AWS::SecretsManager::Secret', { Name: 'client', SecretString: SECRET });
  const reads = (name: string) => [allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-abcdef`)];
  const inSecret = (namespace: string) => ({
    InSecret: {
      Type: 'Custom::KubernetesObjects',
      Properties: {
        Cluster: arnOf('Cluster'),
        Objects: [{
          Json: JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'client', namespace }, stringData: {} }), Values: [{ Path: '/stringData/secret', Value: SECRET }],
        }],
      },
    },
  });

  test.each<[string, object, object[], string]>([
    ['which the pool shows', ofUsers(CLIENT), [allow('cognito-idp:DescribeUserPoolClient')], 'UNKNOWN'],
    ['which a secret has', ofUsers(CLIENT, { Stored: stored }), reads('client'), 'UNKNOWN'],
    ['which a Secret of the namespace has', ofUsers(CLIENT, inSecret('default')), NOTHING, 'UNKNOWN'],
    ['which a Secret of another namespace has', ofUsers(CLIENT, inSecret('other')), NOTHING, 'DENIED'],
    ['while the pod reads another secret', ofUsers(CLIENT, { Stored: stored }), reads('others'), 'DENIED'],
    ['while the pod only lists clients', ofUsers(CLIENT), [allow('cognito-idp:ListUserPoolClients')], 'DENIED'],
    ['but only users sign in with it', ofUsers({ ...CLIENT, AllowedOAuthFlows: ['code'] }), [allow('cognito-idp:DescribeUserPoolClient')], 'DENIED'],
    ['but the client has none', ofUsers({ ...CLIENT, GenerateSecret: false }), [allow('cognito-idp:DescribeUserPoolClient')], 'DENIED'],
  ])('%s: %s', (_, resources, statements, outcome) => {
    expect(decide(PUT_ITEM, resources, statements).outcome).toBe(outcome);
  });
});
