export type Json = { [key: string]: any };
export interface Resource { readonly Type: string; readonly Properties: Json }
export interface Template { readonly Resources: { [logicalId: string]: Resource } }

/** The resources of a type, by logical id. */
export const resourcesOfType = ({ Resources }: Template, type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);

/** A value as the template has it. */
export const shownProperty = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
