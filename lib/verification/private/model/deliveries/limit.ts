import { AccessPlace } from '../../../access-reason';
import { Policy } from '../../policies/policy';
import { addTo } from '../../values/add-to';
import { mapOf } from '../../values/resolved';
import { Text } from '../../values/text';
import { ANY_RESOURCE } from '../../values/wildcards';

/** A request that something sends with its role, and what it is about. @default - anything */
export interface LimitedRequest { readonly action: string; readonly resources?: readonly Text[] }

/**
 * The policy of something that sends only some requests with its role, which no policy of a resource can exceed.
 *
 * @param others further actions that it may send, which the name of the policy leaves out.
 */
export function limitTo(requests: readonly LimitedRequest[], sender: string, place: AccessPlace, others: readonly string[] = []): Policy {
  const byAction = new Map<string, Array<readonly Text[]>>();
  requests.forEach(({ action, resources = [ANY_RESOURCE] }) => addTo(byAction, action, resources));
  const names = [...byAction.keys()].sort();
  const limited = names.flatMap((action) => {
    const [Action, resources] = [Text.of(action), byAction.get(action)!.flat()];
    return [mapOf({ Effect: ALLOW, Action, Resource: resources }), mapOf({ Effect: DENY, Action, NotResource: resources })];
  });
  const further = others.map((name) => Text.of(name));
  const all = [...names.map((name) => Text.of(name)), ...further];
  const ofOthers = further.length === 0 ? [] : [mapOf({ Effect: ALLOW, Action: further, Resource: ANY_RESOURCE })];
  const Statement = [...limited, ...ofOthers, mapOf({ Effect: DENY, NotAction: all, Resource: ANY_RESOURCE })];
  return { name: `requests of ${sender} (${names.join(', ')})`, place, document: mapOf({ Version: Text.of('2012-10-17'), Statement }) };
}

const ALLOW = Text.of('Allow');
const DENY = Text.of('Deny');
