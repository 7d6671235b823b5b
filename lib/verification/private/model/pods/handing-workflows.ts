import { mapsBelow, namesOfRunArtifacts } from './workflow-artifacts';
import { distinct } from '../../values/distinct';
import { escapedForRegExp } from '../../values/escaped';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf, textsIn, textsUnder } from '../../values/text-parts';
import { isPathOfCode, textsOfCommands } from '../code/code-names';
import { KubernetesObject } from '../kubernetes-object';

/** A result of an earlier step. @see https://argo-workflows.readthedocs.io/en/latest/variables/ @see https://tekton.dev/docs/pipelines/variables/ */
const RESULT = /\{\{=?\s*(steps|tasks)\b[^}]*\.outputs\b|\$\(tasks\.[^)]*\.results\b/;

/** Whether an object has steps, of which each can have an account of its own. */
export const hasSteps = ({ group }: KubernetesObject): boolean => /^(argoproj\.io|tekton\.dev)$/.test(group);

/** The accounts of the steps of a workflow, if one of them runs what another one gives it. */
export function accountsHandingOn(object: KubernetesObject): readonly Text[] {
  const accounts = hasSteps(object) ? accountsIn(object.at('spec')) : [];
  return accounts.length > 1 && handsOn(object) ? accounts : [];
}

function accountsIn(spec: Resolved): Text[] {
  const named = textsUnder(spec, /^(task)?serviceAccountName$/i);
  const ofAll = mapsIn(spec).some((map) => OF_ALL.some((path) => map.at(...path) !== undefined));
  const all = named.length === 0 || ofAll ? named : [...named, Text.of('default')];
  return distinct(all);
}

/** Where the account of all steps without one of their own is. */
const OF_ALL = [['serviceAccountName'], ['workflowSpec', 'serviceAccountName'], ['taskRunTemplate', 'serviceAccountName']];

const mapsIn = (value: Resolved): ResolvedMap[] => (value instanceof ResolvedMap ? [value] : []);

function handsOn(object: KubernetesObject): boolean {
  const maps = mapsBelow(object.at('spec'));
  return runsResults(maps) || runsArtifacts(maps) || runsFiles(object, maps);
}

function runsResults(maps: readonly ResolvedMap[]): boolean {
  const texts = maps.flatMap(runIn);
  return texts.length > 0 && handedNames(maps).some((name) => texts.some((text) => name.test(text)));
}

/** What finds a result, and the parameters and items that have something of one. */
function handedNames(maps: readonly ResolvedMap[]): RegExp[] {
  const values = maps.flatMap((map) => {
    const name = literalOf(map.get('name'));
    const value = [map.get('value'), map.get('withParam')].flatMap(textsIn).join(' ');
    const isParameter = name !== undefined && map.get('value') !== undefined;
    return [...(isParameter ? [{ pattern: parameter(name), value }] : []), ...(map.get('withParam') ? [{ pattern: ITEM, value }] : [])];
  });
  const found: RegExp[] = [RESULT];
  for (const pattern of found) { // a parameter can be the value of another one
    const isNew = (one: RegExp) => !found.some(({ source }) => source === one.source);
    found.push(...values.filter(({ value }) => pattern.test(value)).map((one) => one.pattern).filter(isNew));
  }
  return found;
}

const ITEM = /\{\{=?\s*item\b/;

const parameter = (name: string): RegExp => {
  const escaped = escapedForRegExp(name);
  return new RegExp(`inputs\\.parameters\\.${escaped}\\b|\\$\\((inputs\\.)?params\\.${escaped}\\b`);
};

/** The scripts and commands of a step, and an image of which nothing is fixed. */
function runIn(step: ResolvedMap): string[] {
  const words = ['command', 'args'].flatMap((name) => textsIn(step.get(name))).map(String);
  const command = words.some((word) => /^-\w*c$/.test(word)) ? words : textsIn(step.get('command')).map(String);
  const image = `${textOf(step.get('image')) ?? ''}`;
  return [...['source', 'script'].flatMap((name) => textsIn(step.get(name))).map(String), ...command, ...(/^(\{\{|\$\()/.test(image) ? [image] : [])];
}

function runsArtifacts(maps: readonly ResolvedMap[]): boolean {
  const run = new Set(maps.flatMap(namesOfRunArtifacts));
  return maps.some((map) => RESULT.test(`${textOf(map.get('from')) ?? ''}`) && run.has(`${textOf(map.get('name'))?.key}`));
}

/** Volumes of Argo Workflows by a claim, and workspaces of Tekton. */
const CLAIMS = ['persistentVolumeClaim', 'volumeClaimTemplate'];
const WORKSPACE = /\$\(workspaces\.[\w.-]+\)/;

function runsFiles(object: KubernetesObject, maps: readonly ResolvedMap[]): boolean {
  const claimed = maps.filter((map) => CLAIMS.some((name) => map.get(name) !== undefined));
  const ofTemplates = [object.at('spec'), object.at('spec', 'workflowSpec')].flatMap(mapsIn).flatMap((spec) => listOf(spec.get('volumeClaimTemplates')))
    .flatMap(mapsIn).map((claim) => literalOf(claim.at('metadata', 'name')));
  const names = new Set([...ofTemplates, ...claimed.map((map) => literalOf(map.get('name')))]);
  const mounts = (step: ResolvedMap) => listOf(step.get('volumeMounts')).flatMap(mapsIn).filter((mount) => names.has(literalOf(mount.get('name'))));
  const mounting = maps.filter((step) => mounts(step).length > 0);
  return (claimed.length > 0 && maps.some((step) => [...runIn(step), ...textsOfCommands(step).map(String)].some((text) => WORKSPACE.test(text))))
    || (mounting.length > 1 && mounting.some((step) => mounts(step).some((mount) => isPathOfCode(textOf(mount.get('mountPath')), [step]))));
}
