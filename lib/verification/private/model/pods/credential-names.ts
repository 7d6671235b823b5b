import { isNameOfKey } from './access-key-names';

/** Variables with credentials for SDKs, besides access keys, or with the name of a file or a profile that has some. */
const OF_SDKS = new Set([
  'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'BOTO_CONFIG', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'AWS_LOGIN_CACHE_DIRECTORY',
]);

/**
 * Whether a variable may have credentials, or name where some are.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html
 * @see https://docs.aws.amazon.com/AWSJavaSDK/latest/javadoc/com/amazonaws/auth/EnvironmentVariableCredentialsProvider.html
 */
export const isOfCredentials = (variable: string): boolean => OF_SDKS.has(variable) || isNameOfKey(variable);

/** An option of Apache Hadoop or of a tool for Amazon S3. @see https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/authentication.html */
const OPTION = /\b(fs\.s3[an]?\.[\w.-]*(access|secret)\.key|(aws|s3|minio)[\w-]*-(secret|access)-key)\b/i;

/** The option of a text of a command with which it gets an access key. */
export const keyOption = (text: string): string | undefined => OPTION.exec(text)?.[0];

/**
 * Files in which SDKs and tools look for credentials, and the folders of such files.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 * @see https://rclone.org/docs/#config-config-file
 * @see https://s3tools.org/kb/item14.htm
 */
const FILES = /(^|[\\/])(\.aws([\\/]|$)|\.?rclone(\.conf$|[\\/]|$)|\.?s3cfg$|\.boto$|\.?passwd-s3fs$)/i;

export const isFileOfCredentials = (path: string): boolean => FILES.test(path);
