import { Annotations, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { stepTo } from '../../../private/completed-text';
import { nearestName } from '../../../private/nearest-name';

/** The names in a map of settings, each with the names below it. Without names, all are allowed. */
export interface SettingNames { readonly [name: string]: SettingNames }

/** Settings that are known. */
export interface KnownSettings {
  readonly names: SettingNames;
  /** What they are, and what happens to unknown ones: completes "is not …". */
  readonly description: string;
}

/** In place of names that the user chooses. */
export const CHOSEN = '*';

/** Names without names below them. */
export const settingNames = (...names: string[]): SettingNames => Object.fromEntries(names.map((name) => [name, {}]));

/**
 * Refuses settings whose names are almost certainly misspelt, and warns of other unknown ones: a newer image may have them. More than one
 * typing error is not certain: `imageMinimumGCAge` and `imageMaximumGCAge` differ in two characters.
 */
export function checkSettings(scope: Construct, property: string, settings: unknown, { names, description }: KnownSettings): void {
  const known = Object.keys(names);
  if (known.length === 0 || Token.isUnresolved(settings) || typeof settings !== 'object' || settings === null) {
    return;
  }
  for (const [name, value] of Object.entries(settings).filter(([key]) => !Token.isUnresolved(key))) {
    const setting = `${property}${stepTo(name)}`;
    const place = [name, CHOSEN].find((one) => known.includes(one));
    if (place === undefined) {
      reportUnknown(scope, name, known, `${setting} is not ${description}`);
    } else {
      checkSettings(scope, setting, value, { names: names[place], description });
    }
  }
}

function reportUnknown(scope: Construct, name: string, known: string[], problem: string): void {
  const near = nearestName(name, known);
  if (near && near.errors <= 1) {
    throw new Error(`${problem}: write ${near.name}`);
  }
  Annotations.of(scope).addWarningV2('cdk-irsa:unknown-setting',
    `${problem}: check its name${near ? ` (did you mean ${near.name}?)` : ''}, or acknowledge this warning if your image supports it`);
}
