import { RULE_IDS } from './violations-in';
import { FailOn, PodAccessPluginProps } from '../../pod-access-plugin-props';
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
  acknowledged.forEach((one, i) => {
    checkOptions('AcknowledgedViolation', one);
    if (!RULE_IDS.includes(one.ruleId)) {
      const nearest = misspelled(one.ruleId, RULE_IDS);
      const fix = nearest ? `did you mean ${nearest}?` : `the rules are ${RULE_IDS.join(', ')}`;
      throw new Error(`acknowledged[${i}].ruleId is ${JSON.stringify(one.ruleId)}, which is no rule: ${fix}`);
    }
    if (one.reason.trim() === '') {
      throw new Error(`acknowledged[${i}].reason is empty: say why you accept the violation`);
    }
  });
}
