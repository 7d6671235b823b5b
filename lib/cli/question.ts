/** What `--can` asks about. */
export interface Question {
  readonly action: string;
  /** @default - any resource */
  readonly resource?: string;
}

/** Reads `s3:GetObject on arn:aws:s3:::reports/2025.csv`. */
export function questionOf(text: string): Question {
  const [, action, resource] = /^\s*([\w-]+:\w+)(?:\s+on\s+(\S+))?\s*$/.exec(text) ?? [];
  if (action === undefined) {
    throw new Error(`--can is "${text}", but must be an action without wildcards, such as s3:GetObject, or "<action> on <ARN>"`);
  }
  if (resource?.includes('${')) {
    throw new Error(`--can names ${resource}, but takes only ARNs that are known before the deployment: set the name of the resource, or ask in a unit test with PodAccess`);
  }
  return { action, ...(resource !== undefined ? { resource } : {}) };
}
