import { AlertRule } from '../../verification/internal/sarif/alert';

/** With `--diff`: somebody gained access. */
export const BROADER_ACCESS: AlertRule = {
  id: 'broader-access',
  level: 'warning',
  title: 'somebody gained access',
  why: 'The new templates allow something that the old ones do not allow.',
  fix: 'If it is not intended, narrow the policy or the trust policy that the message names',
  guide: 'command-line.md#what-a-change-allows',
};

/** With `--diff`: it is not known any more whether somebody has access. */
export const UNKNOWN_ACCESS: AlertRule = {
  id: 'unknown-access',
  level: 'warning',
  title: 'somebody might have gained access',
  why: 'The new templates do not show whether they allow more than the old ones.',
  fix: 'Look at what the message names, because it is not read',
  guide: 'command-line.md#what-a-change-allows',
};

/** With `--baseline`: access that the file lacks. */
export const UNAPPROVED_ACCESS: AlertRule = {
  id: 'unapproved-access',
  level: 'error',
  title: 'access that nobody approved',
  why: 'The templates give access that is not in the file of approved access.',
  fix: 'Remove the access, or if it is intended, write the file with --write-baseline, and let its owners review the change',
  guide: 'command-line.md#approve-access-in-pull-requests',
};

/** With `--baseline`: a line without access. */
export const UNUSED_APPROVAL: AlertRule = {
  id: 'unused-approval',
  level: 'warning',
  title: 'an approval of access that is not there',
  why: 'A line that stays in the file of approved access would approve a later change without a review.',
  fix: 'Write the file with --write-baseline',
  guide: 'command-line.md#approve-access-in-pull-requests',
};

/** A finding. Its message says what it means, and what to do. The prefix tells it apart from a rule of the same name. */
export const findingRule = (id: string): AlertRule => ({
  id: `finding/${id}`,
  level: 'note',
  title: `finding about access: ${id.replaceAll('-', ' ')}`,
  why: 'The templates have something that is not read or is not known, or that you should know about the access of pods.',
  fix: 'Read the message, and look the finding up in the guide',
  guide: 'verification-reference.md#findings',
});
