import { prefixOfClient } from './services';

/** The methods of HTTP that are the actions of Amazon API Gateway. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html */
const METHODS: ReadonlyArray<readonly [request: RegExp, method: string]> = [
  [/^(create|generate|import|test)/i, 'POST'], [/^(put|tag)/i, 'PUT'], [/^update/i, 'PATCH'], [/^get/i, 'GET'], [/^(delete|flush|reset|untag)/i, 'DELETE'],
];

/**
 * Requests that IAM calls something else. Those that make an object of another one, or of parts, need the permission to put it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
 */
const RENAMED: ReadonlyArray<readonly [request: RegExp, action: string]> = [
  [/^apigateway:invoke$/i, 'execute-api:Invoke'],
  [/^elasticmapreduce:addStep$/i, 'elasticmapreduce:AddJobFlowSteps'],
  [/^elasticmapreduce:createCluster$/i, 'elasticmapreduce:RunJobFlow'],
  [/^lambda:invoke$/i, 'lambda:InvokeFunction'],
  [/^s3:(completeMultipartUpload|copyObject|uploadPart(Copy)?)$/i, 's3:PutObject'],
];

/**
 * The action of IAM of a request, as the client of an SDK or an integration of AWS Step Functions names both, such as `sfn` and `startExecution`. Its name is as it is
 * given, so that it may start with a small letter.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function actionOfClient(client: string, request: string): string {
  const prefix = prefixOfClient(client);
  const name = `${prefix}:${request}`;
  const method = prefix === 'apigateway' ? METHODS.find(([pattern]) => pattern.test(request))?.[1] : undefined;
  return method ? `apigateway:${method}` : RENAMED.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}
