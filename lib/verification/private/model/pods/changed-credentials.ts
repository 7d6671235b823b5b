import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';

/**
 * What patches of pods and service accounts name if they change which credentials pods get, or with what pods reach those of their node. The name of a node can also
 * be the source of an environment variable.
 */
const OF_CREDENTIALS = new RegExp([
  'serviceAccount|hostNetwork|hostPID|hostProcess|hostPath|privileged|capabilities|persistentVolume|envFrom|\\.aws\\b|kubernetes\\.io/os',
  '^nodeName$|/nodeName\\b|\\bnodeName\\W*:|schedulerName',
  'AWS_(ACCESS|SECRET|CONTAINER|ROLE_ARN|WEB_IDENTITY|PROFILE|DEFAULT_PROFILE|SHARED|CONFIG|EC2_METADATA)|amazonaws\\.com(/|~1)(?!compute-type)',
].join('|'), 'i');

/** What puts values into expressions and texts that these do not show. @see https://kyverno.io/docs/policy-types/cluster-policy/variables/ */
const VARIABLE = /\{\{|\b(params|variables)\./;

/** Properties in whose place a variable can put anything. What is in others, such as a label, stays a text. Kyverno writes conditions around names. */
const OF_OBJECTS = /^\W*(metadata|annotations|spec|template|jobTemplate|securityContext|(init|ephemeral)?containers|patchStrategicMerge|value)\W*$/i;

/** Properties with a path or an expression, instead of a part of an object. */
const OF_TEXTS = /^(path|from|location|expression|patchesJson6902|patches)$/;

/** Whether a patch, or another description of a change, may change which credentials pods get. */
export const mayChangeCredentials = (change: Resolved, property = 'spec'): boolean => listOf(change).some((item) => {
  if (item instanceof ResolvedMap) {
    return item.entries.some(([{ literal }, value]) => literal === undefined || OF_CREDENTIALS.test(literal) || movesOffFargate(literal, value)
      || mayChangeCredentials(value, literal));
  }
  return Array.isArray(item) ? mayChangeCredentials(item, property) : item instanceof Text && ofText(item, property);
});

function ofText({ literal, parts }: Text, property: string): boolean {
  const canBeObject = OF_OBJECTS.test(property) || OF_TEXTS.test(property);
  return parts.some((part) => typeof part === 'string' && (OF_CREDENTIALS.test(part) || (canBeObject && VARIABLE.test(part))))
    || (literal === undefined && OF_TEXTS.test(property));
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html#fargate-gs-coredns */
const movesOffFargate = (key: string, value: Resolved): boolean =>
  key === 'eks.amazonaws.com/compute-type' && !(value instanceof Text && value.literal === 'fargate');
