/** The secret part of an access key, under the names of SDKs, after any prefix: `RCLONE_CONFIG_S3_SECRET_ACCESS_KEY`. */
const OF_SDKS = /secret[_.-]?access[_.-]?key$/i;

/** The same under the names of tools that speak to Amazon S3: `S3_SECRET_KEY`, `spark.hadoop.fs.s3a.secret.key`. */
const OF_TOOLS = /(^|[_.-])(aws|s3[an]?|minio)([_.-]\w+)*[_.-]?secret[_.-]?key$/i;

/** Both parts, or the secret one. */
const OF_AWS = /^aws[_-]?(credentials|secret([_-]?key)?)$/i;

/** The ID of a key, under the same names. */
const OF_IDS = [/(^|[_.-]|aws)access[_.-]?key[_.-]?id$/i, /(^|[_.-])(aws|s3[an]?|minio)([_.-]\w+)*[_.-]?access[_.-]?key$/i];

/**
 * Whether a variable, or a key of a Secret, has the secret part of an access key by its name. Without it, the ID is of no use.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html
 * @see https://cert-manager.io/docs/configuration/acme/dns01/route53/
 */
export const isNameOfSecretPart = (name: string): boolean => [OF_SDKS, OF_TOOLS, OF_AWS].some((pattern) => pattern.test(name));

/** Whether it has any part of one. */
export const isNameOfKey = (name: string): boolean => isNameOfSecretPart(name) || OF_IDS.some((pattern) => pattern.test(name));
