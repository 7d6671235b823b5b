import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of a jsii assembly that this test reads. */
interface Docs { readonly summary?: string; readonly remarks?: string; readonly default?: string; readonly example?: string }
interface Named { readonly name: string; readonly docs?: Docs }
interface Member extends Named { readonly optional?: boolean; readonly overrides?: string; readonly parameters?: Named[] }
interface Type extends Named {
  readonly fqn: string;
  readonly base?: string;
  /** Whether it is a struct. */
  readonly datatype?: boolean;
  readonly initializer?: { readonly parameters?: Named[] };
  readonly properties?: Member[];
  readonly methods?: Member[];
  /** Of an enum. */
  readonly members?: Named[];
}
interface Assembly { readonly name: string; readonly types: { readonly [fqn: string]: Type } }

/** Every construct has these parameters, and aws-cdk does not document them either. */
const CONVENTIONAL = ['scope', 'id', 'props'];

/** Each missing summary or default, with the fully qualified name. A member that overrides another library's member is documented there. */
function undocumented({ name, types }: Assembly): string[] {
  const summary = (fqn: string, { docs }: Named) => (docs?.summary ? [] : [`${fqn}: no summary`]);
  const parameters = (fqn: string, all: Named[] = []) => all.flatMap((parameter) => summary(`${fqn}(${parameter.name})`, parameter));
  const own = (members: Member[] = []) => members.filter(({ overrides }) => !overrides || overrides.startsWith(`${name}.`));
  return Object.values(types).flatMap((type) => [
    ...summary(type.fqn, type),
    ...parameters(`${type.fqn}.new`, type.initializer?.parameters?.filter((parameter) => !CONVENTIONAL.includes(parameter.name))),
    ...(type.members ?? []).flatMap((member) => summary(`${type.fqn}.${member.name}`, member)),
    ...own(type.properties).flatMap((property) => [
      ...summary(`${type.fqn}.${property.name}`, property),
      ...(type.datatype && property.optional && !property.docs?.default ? [`${type.fqn}.${property.name}: no @default`] : []),
    ]),
    ...own(type.methods).flatMap((method) => [
      ...summary(`${type.fqn}.${method.name}`, method),
      ...parameters(`${type.fqn}.${method.name}`, method.parameters),
    ]),
  ]);
}

function compiledAssembly(): Assembly {
  const assembly = join(__dirname, '..', '.jsii');
  if (!existsSync(assembly)) {
    throw new Error('there is no .jsii: npx projen compile makes it');
  }
  return JSON.parse(readFileSync(assembly, 'utf8'));
}

test('everything public is documented', () => {
  expect(undocumented(compiledAssembly())).toEqual([]);
});

test('each construct has an example', () => {
  const constructs = Object.values(compiledAssembly().types).filter(({ base }) => base === 'constructs.Construct');
  expect(constructs.length).toBeGreaterThan(5);
  expect(constructs.filter(({ docs }) => !docs?.example).map(({ name }) => name)).toEqual([]);
});

// jsii does not let a struct declare an inherited property again with its own comment, because that would be invalid C#
test.each([
  ['version', 'must be 1.32 or later'],
  ['albController', 'is not allowed'],
  ['mastersRole', 'becomes an administrator of the cluster through an access entry'],
  ['kubectlProviderOptions', 'is required only for manifests and charts that you add to `eksCluster`'],
  ['prune', 'applies only to manifests that you add to `eksCluster`'],
  ['coreDnsComputeType', 'can be `FARGATE` only with `kubectlProviderOptions`'],
  ['removalPolicy', 'applies to the cluster'],
])('the documentation of IrsaClusterProps and of its property %s corrects that of aws-cdk-lib', (property, correction) => {
  const { remarks = '' } = compiledAssembly().types['cdk-irsa.IrsaClusterProps'].docs ?? {};
  expect(remarks.replace(/\s+/g, ' ')).toContain(`- \`${property}\` ${correction}`);
  const api = readFileSync(join(__dirname, '..', 'API.md'), 'utf8');
  const [, section] = api.split(`id="cdk-irsa.IrsaClusterProps.property.${property}"></a>`);
  expect(section.split('\n---\n')[0]).toContain(`\`${property}\` ${correction}`);
});

const docs = { summary: 'Something.', default: '- none' };
const type = (more: Partial<Type>) => ({ name: 'us', types: { 'us.It': { fqn: 'us.It', name: 'It', docs, ...more } } });

test.each<[string, Partial<Type>, string[]]>([
  ['a type without a summary', { docs: {} }, ['us.It: no summary']],
  ['a property without one', { properties: [{ name: 'size' }] }, ['us.It.size: no summary']],
  ['a method without one', { methods: [{ name: 'add' }] }, ['us.It.add: no summary']],
  ['a member of an enum without one', { members: [{ name: 'SOME', docs: {} }] }, ['us.It.SOME: no summary']],
  ['a parameter without one', { methods: [{ name: 'add', docs, parameters: [{ name: 'id' }] }] }, ['us.It.add(id): no summary']],
  ['a constructor\'s parameter without one', { initializer: { parameters: [{ name: 'url' }] } }, ['us.It.new(url): no summary']],
  ['an optional property of a struct without a default', { datatype: true, properties: [{ name: 'size', optional: true, docs: { summary: 'How big.' } }] },
    ['us.It.size: no @default']],
  ['a member that overrides our own member, without a summary', { methods: [{ name: 'add', overrides: 'us.IIt' }] }, ['us.It.add: no summary']],
])('%s is found', (_, lacking, found) => {
  expect(undocumented(type(lacking))).toEqual(found);
});

test.each<[string, Partial<Type>]>([
  ['a member that overrides another library\'s member', { methods: [{ name: 'bind', overrides: 'aws-cdk-lib.IIt', parameters: [{ name: 'scope' }] }] }],
  ['a scope, id or props parameter of a construct', { initializer: { parameters: CONVENTIONAL.map((name) => ({ name })) } }],
  ['a required property without a default', { datatype: true, properties: [{ name: 'size', docs: { summary: 'How big.' } }] }],
  ['an optional property of a class without a default', { properties: [{ name: 'size', optional: true, docs: { summary: 'How big.' } }] }],
])('%s is not reported', (_, lacking) => {
  expect(undocumented(type(lacking))).toEqual([]);
});
