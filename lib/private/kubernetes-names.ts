import { Token } from 'aws-cdk-lib';
import { refusal } from './errors';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * Refuses what is not an RFC 1123 label, which names a namespace; tokens pass.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function checkLabel(property: string, value: string): void {
  if (!Token.isUnresolved(value) && !(value.length <= 63 && LABEL.test(value))) {
    throw refusal(property, value, 'an RFC 1123 label: 1 to 63 lower-case letters, digits and hyphens, with a letter or digit first and last');
  }
}

/**
 * Refuses what is not an RFC 1123 subdomain, which names a service account; tokens pass.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function checkSubdomain(property: string, value: string): void {
  if (!Token.isUnresolved(value) && !(value.length <= 253 && value.split('.').every((label) => LABEL.test(label)))) {
    throw refusal(property, value, 'an RFC 1123 subdomain of 1 to 253 characters: '
      + 'lower-case letters, digits, hyphens and dots, with a letter or digit at each end and on both sides of each dot');
  }
}

/** The namespaces that every cluster has. */
export const BUILT_IN_NAMESPACES: readonly string[] = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
