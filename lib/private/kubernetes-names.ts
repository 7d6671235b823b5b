import { Token } from 'aws-cdk-lib';
import { refusal } from './errors';
import { suggestion } from './suggestion';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * Refuses a value that is not an RFC 1123 label, such as the name of a namespace. Tokens pass.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function checkLabel(property: string, value: string): void {
  if (!Token.isUnresolved(value) && !isLabel(value)) {
    throw refusal(property, value, 'an RFC 1123 label of 1 to 63 lowercase letters, digits and hyphens that begins and ends with a letter or digit',
      suggestion(`${value}`, 63, () => nearestLabel(`${value}`)));
  }
}

/**
 * Refuses a value that is not an RFC 1123 subdomain, such as the name of a service account. Tokens pass.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function checkSubdomain(property: string, value: string): void {
  if (!Token.isUnresolved(value) && !isSubdomain(value)) {
    throw refusal(property, value, 'an RFC 1123 subdomain of 1 to 253 lowercase letters, digits, hyphens and dots, '
      + 'with a letter or digit at the beginning, at the end, and on both sides of each dot', suggestion(`${value}`, 253, () => nearestSubdomain(`${value}`)));
  }
}

export const isSubdomain = (value: unknown) =>
  typeof value === 'string' && value.length <= 253 && value.split('.').every((label) => LABEL.test(label));

const isLabel = (value: unknown) => typeof value === 'string' && value.length <= 63 && LABEL.test(value);

const nearestLabel = (text: string) => text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '').toLowerCase();

const nearestSubdomain = (text: string) => text.split('.').map(nearestLabel).filter(Boolean).join('.');

/** The namespaces that every cluster has. */
export const BUILT_IN_NAMESPACES: readonly string[] = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
