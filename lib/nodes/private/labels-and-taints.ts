import { Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { refusal } from '../../private/errors';
import { checkLabelKey, checkLabels, checkLabelValue } from '../../private/kubernetes-labels';

/** What a kubelet may say of its node below these prefixes. @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction */
const RESERVED = /(^|\.)(kubernetes|k8s)\.io\//;
const ALLOWED = /^(kubelet\.kubernetes\.io|node\.kubernetes\.io)\/|\.(kubelet|node)\.kubernetes\.io\/|^kubernetes\.io\/(hostname|arch|os)$|^topology\.kubernetes\.io\/(zone|region)$/;
const MOST_TAINTS = 50;
/** Of Amazon EKS; Kubernetes takes longer keys, and empty values. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateLabelsPayload.html */
const LONGEST_LABEL_KEY = 63;

export function checkNodeLabels(labels: { [key: string]: string }): void {
  checkLabels('labels', labels);
  for (const [key, value] of Object.entries(labels)) {
    if (value === '') {
      throw refusal(`labels['${key}']`, value, 'a text that is not empty', 'Amazon EKS takes no empty value; for example "true"');
    }
    if (!Token.isUnresolved(key) && key.length > LONGEST_LABEL_KEY) {
      throw refusal('a key of labels', key, `at most ${LONGEST_LABEL_KEY} characters, prefix and all`, 'Amazon EKS takes no longer one');
    }
    if (RESERVED.test(key) && !ALLOWED.test(key)) {
      throw refusal(`labels['${key}']`, value, 'under another prefix', 'nodes may not set labels of kubernetes.io and k8s.io for themselves, but for those of kubelet.kubernetes.io and node.kubernetes.io');
    }
    if (/^(.*\.)?eks\.amazonaws\.com\//.test(key)) {
      throw refusal(`labels['${key}']`, value, 'under another prefix', 'Amazon EKS sets those of eks.amazonaws.com');
    }
  }
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html */
export function checkTaints(taints: eks.TaintSpec[]): void {
  if (taints.length > MOST_TAINTS) {
    throw refusal('taints', `${taints.length} taints`, `at most ${MOST_TAINTS}`);
  }
  const seen = new Set<string>();
  taints.forEach(({ key, value, effect }, i) => {
    if (!key) {
      throw refusal(`taints[${i}].key`, key, 'given');
    }
    checkLabelKey(`taints[${i}].key`, key);
    checkLabelValue(`taints[${i}].value`, value ?? '');
    if (!effect || !Object.values(eks.TaintEffect).includes(effect)) {
      throw refusal(`taints[${i}].effect`, effect, `one of ${Object.values(eks.TaintEffect).join(', ')}`);
    }
    const identity = `${key}:${effect}`;
    if (!Token.isUnresolved(key) && seen.has(identity)) {
      throw refusal(`taints[${i}]`, identity, 'given once', 'Kubernetes takes one taint of a key and an effect');
    }
    seen.add(identity);
  });
}
