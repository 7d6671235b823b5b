/** The maximum number of objects in a set. */
export const MOST_OBJECTS = 100;

/** The maximum size of a set that is readable in the template, in bytes of JSON. In a larger set, large objects are compressed. */
export const MOST_READABLE_BYTES = 100_000;

/**
 * The maximum size of an object that is never compressed, in bytes of JSON, so that `cdk diff` shows the Deployments and Roles of a large
 * set.
 */
export const MOST_BYTES_OF_SMALL_OBJECT = 4_000;

/**
 * The maximum size of a set in the template, in bytes after compression.
 *
 * The event of an update contains the set twice: the new and the old version. Lambda accepts 1 MB in an asynchronous invocation, so 40 kB
 * remain for the rest of the event and for values that are longer than their tokens. The function stores both versions in a Secret of at
 * most 1 MiB, compressed but without base64: about 720 kB, which leaves almost a third for the rest of its record. Objects that are in
 * several states of the record are stored once.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const MOST_BYTES = 480_000;

/**
 * The maximum size of a set before compression, in bytes of JSON. Otherwise, a set that compresses well could need more memory than the
 * function has.
 */
export const MOST_UNCOMPRESSED_BYTES = 10_000_000;

/**
 * The maximum size of an object, in bytes of JSON. A dry run of a larger object succeeds, but etcd does not store it.
 *
 * @see https://etcd.io/docs/latest/dev-guide/limit/
 */
export const MOST_BYTES_OF_OBJECT = 1.5 * 1024 * 1024;
