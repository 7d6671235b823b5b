/** What the function cannot help, and why. A run counts how often it meets each of them, and holds the function to all else. */
export const CRACKS = {
  lostAnswer: 'a Create is killed between its last write and its answer: its record is that of a success, and CloudFormation counts it as failed',
  lostUpdate: 'an Update is killed between its last write and its answer, and no roll-back follows: CloudFormation deletes an id that the record counts as superseded',
  lostCreation: 'a set that keeps what exists has made an object, and was killed before it recorded the uid: the object counts as someone else\'s',
  reversal: 'an Update wants what the set wanted before its last Update: it counts as a roll-back, and its own roll-back as an Update',
  lostManagers: 'someone has wiped the managed fields of an object: values that sets have set, and set no more, may stay',
} as const;

export type Crack = keyof typeof CRACKS;
