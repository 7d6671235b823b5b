import { Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { refusal, refusalWithoutValue } from '../../private/errors';
import { checkLabelKey, checkLabels, checkLabelValue } from '../../private/kubernetes-labels';

/**
 * The label prefixes that a kubelet can set on its node only with exceptions.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */
const RESERVED = /(^|\.)(kubernetes|k8s)\.io\//;
/** The exceptions. */
const ALLOWED = [
  /(^|\.)(kubelet|node)\.kubernetes\.io\//,
  /^kubernetes\.io\/(hostname|arch|os)$/,
  /^topology\.kubernetes\.io\/(zone|region)$/,
];
const MOST_TAINTS = 50;
/** The limit of Amazon EKS. Kubernetes accepts longer keys, and also empty values. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateLabelsPayload.html */
const LONGEST_LABEL_KEY = 63;

export function checkNodeLabels(labels: { [key: string]: string }): void {
  checkLabels('labels', labels);
  for (const [key, value] of Object.entries(labels)) {
    if (value === '') {
      throw refusal(`labels['${key}']`, value, 'a string that is not empty', 'Amazon EKS does not accept empty values; for example "true"');
    }
    if (!Token.isUnresolved(key) && key.length > LONGEST_LABEL_KEY) {
      throw refusal('a key of labels', key, `at most ${LONGEST_LABEL_KEY} characters, including the prefix`, 'Amazon EKS does not accept longer keys');
    }
    if (RESERVED.test(key) && !ALLOWED.some((label) => label.test(key))) {
      throw refusalWithoutValue(`labels['${key}']`, 'a label with another prefix',
        'nodes cannot set labels with the prefixes kubernetes.io and k8s.io on themselves, except for kubelet.kubernetes.io and node.kubernetes.io');
    }
    if (/^(.*\.)?eks\.amazonaws\.com\//.test(key)) {
      throw refusalWithoutValue(`labels['${key}']`, 'a label with another prefix', 'only Amazon EKS sets labels with the prefix eks.amazonaws.com');
    }
  }
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html */
export function checkTaints(taints: eks.TaintSpec[]): void {
  if (taints.length > MOST_TAINTS) {
    throw refusal('the number of taints', taints.length, `at most ${MOST_TAINTS}`);
  }
  const seen = new Set<string>();
  taints.forEach(({ key, value, effect }, i) => {
    if (!key) {
      throw refusal(`taints[${i}].key`, key, 'set');
    }
    checkLabelKey(`taints[${i}].key`, key);
    checkLabelValue(`taints[${i}].value`, value ?? '');
    if (!effect || !Object.values(eks.TaintEffect).includes(effect)) {
      throw refusal(`taints[${i}].effect`, effect, `one of ${Object.values(eks.TaintEffect).join(', ')}`);
    }
    const identity = `${key}:${effect}`;
    if (!Token.isUnresolved(key) && seen.has(identity)) {
      throw refusal(`taints[${i}]`, identity, 'unique', 'Kubernetes allows one taint for each combination of key and effect');
    }
    seen.add(identity);
  });
}
