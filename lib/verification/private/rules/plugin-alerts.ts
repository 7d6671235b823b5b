import { AlertRule } from '../../internal/sarif/alert';

const GUIDE = 'validation.md#what-fails';

export const UNREADABLE_TEMPLATES: AlertRule = {
  id: 'unreadable-templates',
  level: 'error',
  title: 'the templates cannot be checked',
  why: 'What breaks rules in them is not known.',
  fix: 'Correct what the message names, or report it as a bug',
  guide: GUIDE,
};

export const UNWRITABLE_SARIF: AlertRule = {
  id: 'unwritable-sarif',
  level: 'error',
  title: 'the files for code scanning cannot be written',
  why: 'Code scanning would show an earlier result, or none.',
  fix: 'Set sarifDirectory to a folder outside of the cloud assembly in which the synthesis can write',
  guide: GUIDE,
};

export const UNWRITABLE_PAGE: AlertRule = {
  id: 'unwritable-page',
  level: 'error',
  title: 'the pages that show who can do what cannot be written',
  why: 'People would look at an earlier page, or at none.',
  fix: 'Set htmlDirectory to a folder outside of the cloud assembly in which the synthesis can write',
  guide: GUIDE,
};

export const MISPLACED_ACKNOWLEDGEMENT: AlertRule = {
  id: 'misplaced-acknowledgement',
  level: 'error',
  title: 'an acknowledged violation is of a construct that is not there',
  why: 'The entry accepts nothing, or later whatever gets this path.',
  fix: 'Correct constructPath, or remove the entry',
  guide: 'validation.md#accept-a-violation',
};

export const UNUSED_ACKNOWLEDGEMENT: AlertRule = {
  id: 'unused-acknowledgement',
  level: 'warning',
  title: 'an acknowledged violation is not there',
  why: 'An entry that stays would accept a later violation without a review.',
  fix: 'Remove the entry, or correct its constructPath or its ruleId',
  guide: 'validation.md#accept-a-violation',
};
