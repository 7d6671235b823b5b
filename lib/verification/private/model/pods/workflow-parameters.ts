import { addTo } from '../../values/add-to';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { Variable, variablesBelow } from '../code/container-variables';
import { MOST_VALUES } from '../code/filled-texts';
import { KubernetesObject } from '../kubernetes-object';

/** The API groups of Argo Workflows and Tekton. */
const GROUPS = ['argoproj.io', 'tekton.dev', 'triggers.tekton.dev'];

type Values = ReadonlyMap<string, ReadonlyMap<string, Text>>;

/**
 * The parameters that workflows get from objects that refer to them, also through another one, such as a `Task` from the `PipelineRun` of its `Pipeline`.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/workflow-templates/#working-with-parameters
 * @see https://tekton.dev/docs/pipelines/pipelines/#specifying-parameters
 */
export class WorkflowParameters {
  private readonly referring = new Map<string, KubernetesObject[]>();
  private readonly given = new Map<string, Values>();

  constructor(objects: readonly KubernetesObject[]) {
    objects.filter(({ group }) => GROUPS.includes(group)).forEach((object) =>
      new Set(referencesIn(object.at('spec')).flatMap(({ literal }) => literal ?? [])).forEach((name) => addTo(this.referring, name, object)));
  }

  of({ group, name }: KubernetesObject): Variable[] {
    const given = GROUPS.includes(group) ? [...this.givenTo(name)] : [];
    return given.flatMap(([variable, values]) => [...values.values()].map((value) => ({ name: variable, value })));
  }

  private givenTo(name: Text | undefined): Values {
    const key = name?.literal ?? '';
    const known = this.given.get(key);
    if (known) {
      return known;
    }
    const values = new Map<string, Map<string, Text>>();
    const add = (variable: string, value: Text) => {
      const all = values.get(variable) ?? new Map<string, Text>();
      values.set(variable, all.size > MOST_VALUES ? all : all.set(value.key, value)); // one with more can have any
    };
    this.given.set(key, values); // objects can refer to each other
    for (const object of this.referring.get(key) ?? []) {
      variablesBelow(object.at('spec')).forEach((one) => add(one.name, one.value));
      this.givenTo(object.name).forEach((all, variable) => all.forEach((value) => add(variable, value)));
    }
    return values;
  }
}

/** The names of objects in properties such as `workflowTemplateRef`, `taskRef` and `pipelineRef`. */
const referencesIn = (value: Resolved, property = ''): Text[] => (Array.isArray(value) ? value.flatMap((item) => referencesIn(item))
  : !(value instanceof ResolvedMap) ? [] : [
    ...(property.endsWith('Ref') ? listOf(value.get('name')).flatMap((name) => textOf(name) ?? []) : []),
    ...value.entries.flatMap(([{ literal }, inner]) => referencesIn(inner, literal)),
  ]);
