/** What the function cannot help, and why. A run counts how often it meets each of them, and holds the function to all else. */
export const CRACKS = {
  lostAnswer: 'a Create is killed between its last write and its answer: its record is that of a success, and CloudFormation counts it as failed',
  lostUpdate: 'an Update is killed between its last write and its answer, and no roll-back follows: CloudFormation deletes an id that the record counts as superseded',
} as const;

export type Crack = keyof typeof CRACKS;
