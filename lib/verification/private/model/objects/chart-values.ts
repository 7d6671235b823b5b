import { AccessPlace } from '../../../access-reason';
import { ClusterId } from '../../values/cluster-id';
import { parseJson } from '../../values/json-text';
import { mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** The values that a chart is installed with. */
export interface ChartValues {
  readonly cluster: ClusterId;
  /** Of what has the values, for messages. */
  readonly kind: string;
  readonly name: Text;
  /** Of the pods. */
  readonly namespace?: Text;
  /** The name of the chart, or its URL. */
  readonly chart?: Text;
  readonly values: Resolved;
  readonly place: AccessPlace;
}

/** The API group of the objects that stand for the values of charts. */
export const OF_CHARTS = 'helm.sh';

/**
 * Values as an object of a kind of its own. `values` has all of them, and `spec` those that are not environments. What a chart makes of a value is not known, but values
 * such as `hostNetwork` are those of pods in most charts.
 */
export function objectOfValues({ cluster, kind, name, namespace, chart, values, place }: ChartValues): KubernetesObject | undefined {
  const [apiVersion, metadata] = [Text.of(`${OF_CHARTS}/v3`), mapOf({ name, namespace, chart })];
  return KubernetesObject.from(cluster, mapOf({ apiVersion, kind: Text.of(kind), metadata, spec: settingsIn(values), values }), place);
}

/** An environment does not show of which pods it is, and most have nothing to do with AWS. */
const ENVIRONMENTS = ['env', 'envFrom'];

function settingsIn(value: Resolved): Resolved {
  if (value instanceof ResolvedMap) {
    const leftOut = isOff(value) ? [...ENVIRONMENTS, ...PARAMETER] : ENVIRONMENTS;
    return new ResolvedMap(value.entries.filter(([{ literal = '' }]) => !leftOut.includes(literal))
      .map(([key, item]) => [key, isSwitch(key, item) ? item.get('enabled') : settingsIn(item)]));
  }
  return Array.isArray(value) ? value.map(settingsIn) : value instanceof Text ? settingsInText(value) : value;
}

/** Some charts have `hostNetwork.enabled`. */
const isSwitch = ({ literal }: Text, value: Resolved): value is ResolvedMap => literal === 'hostNetwork' && value instanceof ResolvedMap;

/** What a parameter of Argo CD has: the path of a value, and the value. */
const PARAMETER = ['name', 'value'];

const isOff = (value: ResolvedMap): boolean => isText(value.get('value'), 'false') === 'yes' && value.get('name') !== undefined;

/** Texts with YAML, and paths of values, which are not read. */
const SETTING = /(^|[^\w])(hostNetwork|hostPID|hostPath|privileged)(?![\w-])(?!\W{0,4}(enabled\W+)?false)/;

/** A text that mentions how pods may reach their node is like a patch of their settings. */
function settingsInText(text: Text): Resolved {
  const parsed = text.startsWith('{') ? parseJson(text) : { problem: 'it is no JSON' };
  return 'value' in parsed ? settingsIn(parsed.value) : SETTING.test(text.toString()) ? mapOf({ podSpecPatch: text }) : text;
}
