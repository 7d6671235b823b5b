/** The buckets that a Job should list. `cdk bootstrap` creates another bucket. */
export const BUCKETS = ['first-bucket', 'second-bucket'];

/** One that an attacker tries to create. */
export const NEW_BUCKET = 'third-bucket';
