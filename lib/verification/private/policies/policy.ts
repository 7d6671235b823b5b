import { AccessPlace } from '../../access-reason';
import { Resolved } from '../values/resolved';
import { Text } from '../values/text';

/** A policy document of a template, or of AWS. It is parsed where it is evaluated. */
export interface Policy {
  /** For messages: `AmazonS3ReadOnlyAccess`, `inline policy "read"`, `trust policy`. */
  readonly name: string;
  readonly place?: AccessPlace;
  /** Of a managed policy. An inline policy has none. */
  readonly arn?: Text;
  /** The ARN of the group, if a user has it as a member of one. */
  readonly ofGroup?: Text;
  /** The document. Undefined if it is not known, and then `unknown` says why. */
  readonly document?: Resolved;
  readonly unknown?: string;
  /** Patterns of the actions that the document is about, in lower case, if at least these are known. */
  readonly actions?: readonly string[];
  /** Whether it can allow, and never deny, such as an access control list. */
  readonly onlyAllows?: true;
  /** Whether it can deny, and never allow, such as a key that may be disabled. */
  readonly onlyDenies?: true;
  /** What is not read, or not evaluated. */
  readonly unread?: Resolved;
}

/** Whether it is a managed policy of AWS. Other policies are named by what they are, such as `inline policy "read"`. */
export const isOfAws = ({ name }: Pick<Policy, 'name'>): boolean => !name.includes(' ');
