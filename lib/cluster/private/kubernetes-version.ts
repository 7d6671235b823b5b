import { Token } from 'aws-cdk-lib';
import { refusal } from '../../private/errors';

/**
 * The oldest minor version of Kubernetes 1 that Amazon EKS still offers. The extended support of 1.31 ends on 2026-11-26.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
const OLDEST_MINOR = 32;

/**
 * Refuses an invalid version and a version that Amazon EKS no longer offers. Versions that are newer than this library pass, and so do
 * tokens.
 */
export function checkKubernetesVersion(property: string, version: string): void {
  if (Token.isUnresolved(version)) {
    return;
  }
  const [, minor] = /^1\.(0|[1-9]\d*)$/.exec(version) ?? [];
  if (minor === undefined) {
    throw refusal(property, version, 'a Kubernetes minor version, such as 1.36');
  }
  if (Number(minor) < OLDEST_MINOR) {
    throw refusal(property, version, `1.${OLDEST_MINOR} or later`, `Amazon EKS no longer offers Kubernetes ${version}`);
  }
}
