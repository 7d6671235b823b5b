/** Whether a question is about an ARN, and not about what names a resource of the templates. */
export const isArn = (resource: string): boolean => resource.startsWith('arn:') || resource === '*';
