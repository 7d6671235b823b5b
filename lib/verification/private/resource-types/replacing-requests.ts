/**
 * Requests that together do what another one does, because what uses a thing names it, and finds the new one: they delete it, and make one with its name. What has a role
 * is none of these things, because whoever makes it passes the role.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteDocument.html
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteConnection.html
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteUserDefinedFunction.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteNotebookInstanceLifecycleConfig.html
 */
export const REPLACING: ReadonlyMap<string, readonly string[]> = new Map([
  ['glue:UpdateConnection', ['glue:DeleteConnection', 'glue:CreateConnection']],
  ['glue:UpdateUserDefinedFunction', ['glue:DeleteUserDefinedFunction', 'glue:CreateUserDefinedFunction']],
  ['sagemaker:UpdateNotebookInstanceLifecycleConfig', ['sagemaker:DeleteNotebookInstanceLifecycleConfig', 'sagemaker:CreateNotebookInstanceLifecycleConfig']],
  ['ssm:UpdateDocument', ['ssm:DeleteDocument', 'ssm:CreateDocument']],
]);
