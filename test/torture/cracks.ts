/** What the function cannot prevent, and why. A run counts how often it encounters each of these, and treats everything else as a violation. */
export const CRACKS = {
  lostAnswer: 'a Create is killed between its last write and its answer: its record says that it succeeded, and CloudFormation treats it as failed',
  lostUpdate: 'an Update is killed between its last write and its answer, and no rollback follows: CloudFormation deletes an ID that the record counts as superseded',
  lostCreation: 'a set with KEEP created an object, and the function was killed before it recorded the uid, or got no response: the object counts as someone else\'s',
  reversal: 'an Update to the properties before the last Update: it looks like a rollback, and its own rollback looks like an Update',
  takenField: 'someone outside has taken a field from a set by force, and the rollback of another set gives the field back to the set',
  lostManagers: 'someone cleared the managed fields of an object: values that sets have set and no longer set can remain',
} as const;

export type Crack = keyof typeof CRACKS;
