// An update carries the set twice. With more than this it comes close to what Lambda accepts in an asynchronous invocation.

/** The most objects in one set. */
export const MOST_OBJECTS = 100;

/** The most bytes of JSON in one set. */
export const MOST_BYTES = 100_000;

/** The most bytes of JSON in one set, before compression. Otherwise a small set could need more memory than the function has. */
export const MOST_UNCOMPRESSED_BYTES = 10_000_000;
