import { Token } from 'aws-cdk-lib';
import { refusal } from './errors';
import { suggestion } from './suggestion';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * Refuses what is not an RFC 1123 label, which names a namespace; tokens pass.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function checkLabel(property: string, value: string): void {
  if (!Token.isUnresolved(value) && !isLabel(value)) {
    throw refusal(property, value, 'an RFC 1123 label of 1 to 63 lower-case letters, digits and hyphens, with a letter or digit first and last',
      suggestion(`${value}`, 63, nearestLabel(`${value}`)));
  }
}

/**
 * Refuses what is not an RFC 1123 subdomain, which names a service account; tokens pass.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function checkSubdomain(property: string, value: string): void {
  if (!Token.isUnresolved(value) && !isSubdomain(value)) {
    throw refusal(property, value, 'an RFC 1123 subdomain of 1 to 253 lower-case letters, digits, hyphens and dots, '
      + 'with a letter or digit at each end and on both sides of each dot', suggestion(`${value}`, 253, nearestSubdomain(`${value}`)));
  }
}

export const isSubdomain = (value: unknown) =>
  typeof value === 'string' && value.length <= 253 && value.split('.').every((label) => LABEL.test(label));

const isLabel = (value: unknown) => typeof value === 'string' && value.length <= 63 && LABEL.test(value);

const nearestLabel = (text: string) => text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '').toLowerCase();

const nearestSubdomain = (text: string) => text.split('.').map(nearestLabel).filter(Boolean).join('.');

/** The namespaces that every cluster has. */
export const BUILT_IN_NAMESPACES: readonly string[] = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
