/** The options about a baseline. */
export interface BaselineOptions {
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly approved?: string;
}

/** Ways in which they do not fit together. */
export const baselineMisuse = ({ baseline, writeBaseline, approved }: BaselineOptions): Array<[boolean | undefined, string]> => [
  [baseline === '' || approved === '', '--baseline and --approved take the name of a file, but got none'],
  [baseline === undefined && writeBaseline, '--write-baseline needs --baseline'],
  [baseline === undefined && approved !== undefined, '--approved needs --baseline'],
  [writeBaseline && approved !== undefined, '--approved cannot be used with --write-baseline'],
];
