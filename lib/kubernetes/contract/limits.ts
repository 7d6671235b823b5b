// An update carries the set twice. With more than this it comes close to what Lambda accepts in an asynchronous invocation.

/** The most objects in one set. */
export const MOST_OBJECTS = 100;

/** The most bytes of JSON in one set. */
export const MOST_BYTES = 100_000;
