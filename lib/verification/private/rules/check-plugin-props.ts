import { ACKNOWLEDGEABLE_IDS, RULE_IDS } from './violations-in';
import { AcknowledgedViolation, FailOn, PodAccessPluginProps } from '../../pod-access-plugin-props';
import { checkOptions } from '../questions/check-options';
import { misspelled } from '../questions/nearest';

/** Checks what TypeScript checks, too, and that the rules exist: a misspelled one would acknowledge nothing. */
export function checkPluginProps(props: PodAccessPluginProps): void {
  checkOptions('PodAccessPluginProps', props);
  const { acknowledged = [], failOn = FailOn.ERROR } = props;
  const severities = Object.values<string>(FailOn);
  if (!severities.includes(failOn)) {
    throw new Error(`failOn is ${JSON.stringify(failOn)}, but must be one of FailOn: ${severities.join(', ')}`);
  }
  for (const [kind, directory] of [['sarif', props.sarifDirectory], ['html', props.htmlDirectory]]) {
    if (directory === '') {
      throw new Error(`${kind}Directory is empty: name a folder outside of the cloud assembly, such as ${kind}`);
    }
  }
  acknowledged.forEach((entry, i) => checkEntry(entry, `acknowledged[${i}]`));
}

function checkEntry(entry: AcknowledgedViolation, at: string): void {
  checkOptions('AcknowledgedViolation', entry, at);
  const { constructPath, reason, ruleId } = entry;
  if (!ACKNOWLEDGEABLE_IDS.includes(ruleId)) {
    throw new Error(`${at}.ruleId is ${JSON.stringify(ruleId)}, which ${RULE_IDS.includes(ruleId) ? ABOUT_PLUGIN : `is not a rule: ${ruleHint(ruleId)}`}`);
  }
  if (constructPath.trim() === '') {
    throw new Error(`${at}.constructPath is empty: name the construct of the resource, or one that contains it, such as Stack/Cluster`);
  }
  if (reason.trim() === '') {
    throw new Error(`${at}.reason is empty: say why you accept the violation`);
  }
}

const ABOUT_PLUGIN = 'cannot be acknowledged: correct what its message names';

function ruleHint(ruleId: string): string {
  const nearest = misspelled(ruleId, ACKNOWLEDGEABLE_IDS);
  return nearest ? `did you mean ${nearest}?` : `the rules are ${ACKNOWLEDGEABLE_IDS.join(', ')}`;
}
