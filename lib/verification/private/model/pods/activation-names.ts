import { Resolved } from '../../values/resolved';
import { scriptsIn } from '../code/commands';

/** The code of a hybrid activation: `SSM_ACTIVATION_CODE`, `activationCode` of a `NodeConfig` of Amazon EKS. */
const CODE = 'activation[-_.]?code|ssm[-_.]?agent[-_.]?code';

export const isNameOfActivationCode = (name: string): boolean => new RegExp(CODE, 'i').test(name);

/** How a resource mentions one. @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-nodeadm.html */
export const MENTIONED_ACTIVATION = new RegExp(`${CODE}|(amazon-ssm-agent|ssm-setup-cli)\\b.{0,50}-register`, 'i');

/** A code after its name. */
const ASSIGNED = new RegExp(`(${CODE})["'\\\\]*\\s*[:=]\\s*["'\\\\]*[\\w+/]{7,}`, 'i');

export const hasActivationCode = (text: string): boolean => ASSIGNED.test(text);

/** Commands that register with the code of a variable. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-multicloud-ssm-agent-install-linux.html */
const REGISTERING = /\b(?:amazon-ssm-agent|ssm-setup-cli)\b[^\n;|&]*?-(?:activation-)?code[= ]+["']?\$[{(]?(\w+)/g;

/** The variables with which the scripts of something register a machine, whatever their names are. */
export const variablesOfActivations = (value: Resolved): ReadonlySet<string> =>
  new Set(scriptsIn(value).flatMap((script) => [...script.matchAll(REGISTERING)].map(([, name]) => name)));
