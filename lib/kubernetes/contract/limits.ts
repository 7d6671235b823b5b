/** The most objects in one set. */
export const MOST_OBJECTS = 100;

/** The most bytes of JSON in a set that is readable in the template. In a larger set, large objects are compressed. */
export const MOST_READABLE_BYTES = 100_000;

/** The most bytes of JSON in an object that is never compressed, so that `cdk diff` shows the deployments and roles of a large set. */
export const MOST_BYTES_OF_SMALL_OBJECT = 4_000;

/**
 * The most bytes of one set in the template, after compression.
 *
 * An update carries the set twice, as it is and as it was. Lambda accepts 1 MB in an asynchronous invocation: 40 kB are left for the rest
 * of the event, and for values that are longer than their tokens. The function keeps the set twice in a Secret of at most 1 MiB, compressed
 * but not in base64: about 720 kB, which leaves almost a third for the rest of its record.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const MOST_BYTES = 480_000;

/** The most bytes of JSON in one set, before compression. Otherwise a small set could need more memory than the function has. */
export const MOST_UNCOMPRESSED_BYTES = 10_000_000;

/**
 * The most bytes of JSON in one object. A dry run of a larger one succeeds, but etcd does not store it.
 *
 * @see https://etcd.io/docs/latest/dev-guide/limit/
 */
export const MOST_BYTES_OF_OBJECT = 1.5 * 1024 * 1024;
