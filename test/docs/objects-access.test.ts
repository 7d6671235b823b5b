import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { compromisedPod } from './compromised-pod';
import { types } from './controllers-table';
import { policyFor, POLICIES } from '../../lib/kubernetes/private/access-policies';
import { blocksOf, read } from '../documents';
import { write } from '../files';

const GUIDE = 'docs/objects-access.md';

test('the kinds in the guide are those that the access policies cover', () => {
  const [, table] = /\n## Kinds with namespaces\n[^]*?\n\| --- \| --- \|\n((?:\|.*\n)*)/.exec(read(GUIDE))!;
  const rows = [...table.matchAll(/^\| ([\w.]+)(, with `allowRbac: true`)? \| (.*) \|$/gm)];
  const listed = rows.flatMap(([, group, rbac, kinds]) => kinds.split(', ').map((kind) => ({ group: group === 'core' ? '' : group, kind, policy: rbac ? POLICIES.admin : POLICIES.edit })));
  expect(listed).toHaveLength(20);
  expect(listed.map(({ group, kind }) => policyFor(group, kind))).toEqual(listed.map(({ policy }) => policy));
});

test('the guide says what an attacker can do with each access, in the words of the description of the class', () => {
  const { bullets } = compromisedPod(types['cdk-irsa.ObjectsAccess'].docs.remarks);
  expect(read(GUIDE)).toContain(`\n\n${bullets.map((bullet) => `- ${bullet}\n`).join('')}\n`);
});

test('the RBAC in the guide is complete: each RoleBinding binds a Role of its namespace to the group of the example', () => {
  const [example] = blocksOf(GUIDE, 'ts').filter((block) => block.includes('kubernetesGroups'));
  const [, group] = /kubernetesGroups\(\['(.*)'\]\)/.exec(example)!;
  const folder = write({ 'rbac.yaml': blocksOf(GUIDE, 'yaml').join('---\n') });
  const objects: any[] = Yaml.load(join(folder, 'rbac.yaml'));
  const bindings = objects.filter(({ kind }) => kind === 'RoleBinding');
  expect(bindings.map(({ subjects: [{ name }] }) => name)).toEqual([group, group]);
  expect(bindings.map(({ metadata: { namespace }, roleRef: { name } }) => `${namespace}/${name}`))
    .toEqual(objects.filter(({ kind }) => kind === 'Role').map(({ metadata: { namespace, name } }) => `${namespace}/${name}`));
});
