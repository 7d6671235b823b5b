import { Token } from 'aws-cdk-lib';

/**
 * Checks the address of a service account, because pods of an account that cannot exist are denied everything.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names
 */
export function checkAccountName(namespace: string | undefined, serviceAccountName: string): void {
  checkName('namespace', namespace ?? 'default');
  checkName('serviceAccountName', serviceAccountName);
}

/** Checks that the annotation of a service account is the ARN of a role. */
export function checkRoleArn(arn: string | undefined): void {
  if (arn !== undefined && !Token.isUnresolved(arn) && !/^arn:[\w-]+:iam::\d{12}:role\/./.test(arn)) {
    throw new Error(`annotatedRoleArn is ${JSON.stringify(arn)}, but must be the ARN of a role, such as arn:aws:iam::111122223333:role/reader`);
  }
}

function checkName(property: string, name: string): void {
  if (!Token.isUnresolved(name) && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) {
    throw new Error(`${property} is ${JSON.stringify(name)}, but must be a Kubernetes name of lowercase letters, digits, "-" and "."`);
  }
}
