import { isArn } from '../verification/internal/is-arn';

/** What `--can` asks about. */
export interface Question {
  readonly action: string;
  /** An ARN, or what names a resource of the templates. @default - any resource */
  readonly resource?: string;
}

const FORMS = 'an action without wildcards, such as s3:GetObject, or "<action> on <resource>"';

/** Reads `s3:GetObject on arn:aws:s3:::reports/2025.csv`, or `s3:GetObject on MyStack/Reports/*`. */
export function questionOf(text: string): Question {
  const [, action, resource] = /^\s*([\w-]+:\w+)(?:\s+on\s+(\S|\S.*\S))?\s*$/s.exec(text) ?? [];
  if (action === undefined || (resource !== undefined && isArn(resource) && /\s/.test(resource))) {
    throw new Error(`--can is "${text}", but must be ${FORMS}`);
  }
  if (resource?.includes('${')) {
    throw new Error(`--can names ${resource}, but the ARN is not known before the deployment: name the resource by the path of its construct or by its logical ID`);
  }
  return { action, ...(resource !== undefined ? { resource } : {}) };
}

/** The values of condition keys, from `<key>=<value>`. Several values of a key are a multivalued key. */
export function contextOf(texts: readonly string[]): { readonly [key: string]: string[] } {
  const context = new Map<string, string[]>();
  for (const text of texts) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (key === undefined) {
      throw new Error('--context must be <key>=<value>, such as aws:SourceIp=10.0.0.1'); // without the value, which may be secret
    }
    context.set(key, [...context.get(key) ?? [], value]);
  }
  return Object.fromEntries(context);
}
