/** The secret part of an access key, under the names of SDKs, after any prefix: `RCLONE_CONFIG_S3_SECRET_ACCESS_KEY`. */
const OF_SDKS = /secret[_.-]?access[_.-]?key$/i;

/** What a name says that the key is for, such as a service or a store like Amazon S3, also as .NET names its options: `AwsOptions__SecretKey`. */
const IS_OF = /(^|[_.-])(amazon|aws|dynamodb|ec2|kinesis|minio|route53|s3[an]?|sqs)(?=[_.-]|access|key|options|secret)/i;

/** The secret part under the names of tools: `S3_SECRET_KEY`, `spark.hadoop.fs.s3a.secret.key`, `PGBACKREST_REPO1_S3_KEY_SECRET`. */
const OF_TOOLS = /secret[_.-]?key$|(access|key)[_.-]?secret$/i;
const ALONE = /(^|[_.-])(amazon|aws|s3)[_.-]?secret$/i;

/** Both parts, or the secret one. */
const OF_AWS = /^aws[_-]?(cred(ential)?s([_-]?json)?|sec(ret)?[_-]?key|secret)$/i;

/** How secrets with both parts are called: `prod/aws-access-keys`, `backup/s3-credentials`. */
const OF_SECRETS = /(^|[_.-])((aws|iam)([_.-](access|iam|secret|user)){0,3}[_.-]keys|iam[_.-]user[_.-]key|(s3|velero)[_.-]cred(ential)?s)$/i;

/**
 * A connection of Apache Airflow, as a variable or as a secret: `airflow/connections/aws_default`.
 *
 * @see https://airflow.apache.org/docs/apache-airflow-providers-amazon/stable/connections/aws.html
 * @see https://docs.aws.amazon.com/mwaa/latest/userguide/connections-secrets-manager.html
 */
const OF_AIRFLOW = /^(airflow_conn_(\w+_)?|connections-)(aws|s3)/i;

/** The ID of a key, under the same names. */
const [OF_IDS, OF_IDS_OF_TOOLS] = [/(^|[_.-]|aws)access[_.-]?key[_.-]?id$/i, /access[_.-]?key$/i];

/**
 * Whether a variable, or a key of a Secret, has the secret part of an access key by its name. Without it, the ID is of no use.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html
 * @see https://cert-manager.io/docs/configuration/acme/dns01/route53/
 */
export const isNameOfSecretPart = (name: string): boolean => [OF_SDKS, ALONE, OF_AWS, OF_SECRETS, OF_AIRFLOW].some((pattern) => pattern.test(name))
  || (OF_TOOLS.test(name) && IS_OF.test(name));

/** Whether it has any part of one. */
export const isNameOfKey = (name: string): boolean =>
  isNameOfSecretPart(name) || OF_IDS.test(name) || (OF_IDS_OF_TOOLS.test(name) && IS_OF.test(name));

/** IDs of keys, which all look alike. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const ID = /\bA[KS]IA[A-Z2-7]{16}\b/;

/** A key in the location of an object. */
const IN_LOCATION = /\bs3[an]?:\/\/[^\s/:@]+:[^\s/@]+@/;

/** A name with a value, in files such as `core-site.xml`, in JSON, in YAML and in scripts. What a command prints there is no key that the text has. */
const WITH_VALUE = /([\w.-]{6,100})["']?[ \t]*[=:][ \t]*["']?(?!\$\((?!\w+\))|`)[^\s"',;}]|<name>\s*([\w.-]{6,100})\s*<\/name>\s*<value>[^<]/g;

/** Whether a text has an access key, as its form tells, or the name before a value. */
export const hasAccessKey = (text: string): boolean => /key|cred|s3|aws[_.-]?secret|A[KS]IA/i.test(text) && (ID.test(text) || IN_LOCATION.test(text)
  || [...text.matchAll(WITH_VALUE)].some(([, assigned, named]) => isNameOfSecretPart(assigned ?? named)));
