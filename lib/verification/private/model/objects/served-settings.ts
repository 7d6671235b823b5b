import { Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn } from '../../values/text-parts';
import { hostsNamed, hostsOf } from '../code/fetched-hosts';
import { hostOfImage } from '../code/image-names';
import { KubernetesObject } from '../kubernetes-object';

/**
 * Where objects of controllers have the address of a server that fills Secrets or volumes, by API group. Some send it the token of a service account, too.
 *
 * @see https://external-secrets.io/latest/provider/hashicorp-vault/
 * @see https://external-secrets.io/latest/provider/webhook/
 * @see https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/api-reference
 * @see https://kubevirt.io/user-guide/storage/containerized_data_importer/
 */
const OF_CONTENTS: { readonly [group: string]: readonly string[] } = {
  'cdi.kubevirt.io': ['source'], 'external-secrets.io': ['provider'], 'generators.external-secrets.io': [], 'secrets.hashicorp.com': ['address'],
};

/** The hosts that fill Secrets or volumes because of an object. */
export const hostsOfContents = (object: KubernetesObject): Text[] => (Object.hasOwn(OF_CONTENTS, object.group)
  ? hostsIn(object.at('spec', ...OF_CONTENTS[object.group])) : []);

/**
 * The hosts that decide because of an object what controllers make of others: the answers that a policy of Kyverno or Gatekeeper fills in, the packages of Crossplane,
 * the catalogs of operators, and what a generator of Argo CD or the Flux Operator says.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/external-data-sources/
 * @see https://kyverno.io/docs/policy-types/cel-libraries/
 * @see https://open-policy-agent.github.io/gatekeeper/website/docs/externaldata/
 * @see https://docs.crossplane.io/latest/packages/functions/
 * @see https://olm.operatorframework.io/docs/concepts/crds/catalogsource/
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Plugin/
 * @see https://fluxoperator.dev/docs/crd/resourcesetinputprovider/
 */
export function hostsOfDecisions(object: KubernetesObject): Text[] {
  const spec = object.at('spec');
  switch (object.group) {
    case 'externaldata.gatekeeper.sh': return hostsIn(object.at('spec', 'url'));
    case 'fluxcd.controlplane.io': return hostsIn(object.at('spec', 'url'));
    case 'kyverno.io': return object.kind === 'GlobalContextEntry' || changesObjects(object)
      ? valuesUnder(spec, ['apiCall']).flatMap((call) => hostsIn(valueAt(call, 'service'))) : [];
    case 'policies.kyverno.io': return /(Generating|Mutating)Policy$/.test(object.kind) ? hostsIn(spec) : [];
    case 'olm.operatorframework.io': return textsIn(object.at('spec', 'source', 'image', 'ref')).flatMap(hostOfImage);
    case 'operators.coreos.com': return [...textsIn(object.at('spec', 'address')).flatMap(hostsNamed), ...textsIn(object.at('spec', 'image')).flatMap(hostOfImage)];
    case 'pkg.crossplane.io': return textsIn(object.at('spec', 'package')).flatMap(hostOfImage);
    case '': return object.kind === 'ConfigMap' && textOf(object.at('data', 'token'))?.start.startsWith('$') ? hostsIn(object.at('data', 'baseUrl')) : []; // it names a Secret
    default: return [];
  }
}

const hostsIn = (value: Resolved): Text[] => textsIn(value).flatMap(hostsOf);

/** Whether a policy of Kyverno changes objects, or makes others. */
export const changesObjects = (object: KubernetesObject): boolean => object.group === 'kyverno.io' && valuesUnder(object.at('spec'), ['generate', 'mutate']).length > 0;

/** The values of properties with some names, at any depth. */
export const valuesUnder = (value: Resolved, names: readonly string[]): Resolved[] => (Array.isArray(value)
  ? value.flatMap((item) => valuesUnder(item, names)) : !(value instanceof ResolvedMap) ? []
    : value.entries.flatMap(([{ literal = '' }, inner]) => [...(names.includes(literal) ? [inner] : []), ...valuesUnder(inner, names)]));
