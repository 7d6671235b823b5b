/**
 * How the secret part of an access key is called: by SDKs, and by what hands it on, such as the Secrets of cert-manager. Without it, the ID is of no use.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html
 * @see https://cert-manager.io/docs/configuration/acme/dns01/route53/
 */
export const SECRET_PART = /secret[_-]?access[_-]?key$|^aws[_-]?secret[_-]?key$/i;
