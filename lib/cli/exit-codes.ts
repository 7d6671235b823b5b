/** The exit codes. The help and docs/command-line.md document them. */
export const EXIT = {
  fine: 0,
  /** With `--fail-on-broadening`: access is broader than before. */
  broadened: 1,
  /** With `--baseline`: access is not what the file says. */
  notApproved: 1,
  /** Wrong usage, or input that cannot be read. */
  unusable: 2,
} as const;
