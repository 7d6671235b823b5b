import { misspelled } from './nearest';
import { actionNames, knownAction } from '../../actions/actions';

const partsOf = (action: string) => action.toLowerCase().split(':');

/**
 * Checks the name of an action, because a misspelled one is denied everywhere.
 *
 * @returns what an explanation says about it.
 */
export function checkAction(action: string): string[] {
  if (/[*?]/.test(action)) {
    throw new Error(`the action ${action} has a wildcard: ask about one action at a time`);
  }
  if (!/^[a-z0-9-]+:[A-Za-z0-9]+$/i.test(action)) {
    throw new Error(`the action ${JSON.stringify(action)} must be a service prefix and an action name, for example s3:GetObject`);
  }
  if (knownAction(action)) {
    return [];
  }
  const near = misspelled(action, actionNames().filter((name) => partsOf(name).some((part, i) => part === partsOf(action)[i])));
  if (near) {
    throw new Error(`AWS documents no action ${action}: did you mean ${near}?`);
  }
  return [`AWS did not document the action ${action} when this version was released`];
}

