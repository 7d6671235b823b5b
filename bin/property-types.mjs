// npx projen property-types: writes what constructs and lib/verification check their properties against, from the assemblies that the compiler has made.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function assemblyIn(folder) {
  const assembly = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8'));
  return assembly.schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(join(folder, assembly.filename)))) : assembly;
}

const own = assemblyIn(root).types;
const library = createRequire(import.meta.url)('../build/index.js');
const types = Object.assign({}, ...['aws-cdk-lib', 'constructs'].map((name) => assemblyIn(join(root, 'node_modules', name)).types), own);

const isOwn = (fqn) => fqn in own;
const allOf = (fqn, member) => [fqn, ...ancestorsOf(fqn)].flatMap((each) => types[each]?.[member] ?? []);
const ancestorsOf = (fqn) => [...types[fqn]?.interfaces ?? [], ...types[fqn]?.base ? [types[fqn].base] : []].flatMap((each) => [each, ...ancestorsOf(each)]);

function typeText({ primitive, collection, fqn }) {
  if (primitive) {
    return primitive === 'json' ? 'any' : primitive;
  }
  if (collection) {
    return `${typeText(collection.elementtype)}${collection.kind === 'array' ? '[]' : '{}'}`;
  }
  if (!fqn) {
    throw new Error('only primitives, named types and collections of them can be checked');
  }
  return fqn;
}

const namedType = ({ collection, fqn }) => (collection ? namedType(collection.elementtype) : fqn);

const typesOf = (fqn) => Object.fromEntries(allOf(fqn, 'properties')
  .map(({ name, type, optional }) => [name, `${typeText(type)}${optional ? '?' : ''}`]).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The members that other languages do not see. Their objects are JavaScript objects, so that they have these members, too. */
function internalMembersOf(fqn) {
  const [first = [], ...others] = classesOf(fqn).map((each) => partsOf(each).reduce((module, name) => module?.[name], library))
    .map(({ prototype }) => Object.getOwnPropertyNames(prototype).filter((name) => name.startsWith('_')));
  return first.filter((name) => others.every((names) => names.includes(name)));
}

/** The class of this library that has a name, or those that implement an interface of this name. */
const classesOf = (fqn) => Object.keys(own).filter((each) => own[each].kind === 'class' && (each === fqn || (own[fqn]?.kind === 'interface' && ancestorsOf(each).includes(fqn))));

const partsOf = (fqn) => [types[fqn].namespace, types[fqn].name].filter(Boolean).join('.').split('.');

const lines = (properties, indent) => Object.entries(properties).map(([name, type]) => `${' '.repeat(indent)}${name}: '${type}',\n`).join('');

const structs = {};
const members = {};
const enums = {};

function visit(fqn) {
  const type = types[fqn];
  if (!type || fqn in structs || fqn in members || fqn in enums) {
    return;
  }
  if (type.kind === 'enum') {
    if (isOwn(fqn)) { // those of aws-cdk-lib are as installed
      enums[fqn] = partsOf(fqn).reduce((module, name) => module[name], library);
    }
  } else if (type.datatype) {
    const properties = allOf(fqn, 'properties');
    structs[fqn] = {
      inherited: ancestorsOf(fqn).filter((each) => !isOwn(each)),
      properties: typesOf(fqn),
    };
    properties.map((property) => namedType(property.type)).filter(Boolean).forEach(visit);
  } else {
    // of ours all; of others what they declare themselves
    const from = isOwn(fqn) ? [fqn, ...ancestorsOf(fqn).filter(isOwn)] : [fqn];
    const declared = from.flatMap((each) => [...types[each].properties ?? [], ...types[each].methods ?? []]);
    const named = declared.filter((member) => !member.static && !member.protected && !member.optional && member.name !== 'toString').map(({ name }) => name);
    members[fqn] = [...new Set([...named, ...internalMembersOf(fqn)])].sort();
    if (isOwn(fqn) && type.kind === 'interface') { // the structs that implementations return
      (type.methods ?? []).map(({ returns }) => returns && namedType(returns.type)).filter((each) => isOwn(each) && isStruct(each)).forEach(visit);
    }
  }
}

// Methods of an object pass their structs on to constructors, which check them as their own. Static methods check them.
const isStruct = (fqn) => types[fqn]?.datatype;
for (const { initializer, methods = [] } of Object.values(own)) {
  const ofConstructor = (initializer?.parameters ?? []).map(({ type }) => namedType(type));
  const ofMethods = methods.flatMap((method) => (method.parameters ?? []).map(({ type }) => namedType(type)).filter((fqn) => method.static || !isStruct(fqn)));
  [...ofConstructor, ...ofMethods].filter(Boolean).forEach(visit);
}

const quoted = (text) => `'${text}'`;
const sorted = (entries) => Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

const text = `// Written by \`npx projen property-types\` from the assemblies of this library and of its peers. A test fails if it is stale.

import { Struct } from './struct';

/** The structs that constructs take, and those in them. */
export const STRUCTS: { readonly [fqn: string]: Struct } = {
${sorted(structs).map(([fqn, { inherited, properties }]) => `  '${fqn}': {
    inherited: [${inherited.map(quoted).join(', ')}],
    properties: {
${lines(properties, 6)}    },
  },
`).join('')}};

/** Members by which an instance of a class, or an implementation of an interface, is recognized. */
export const MEMBERS: { readonly [fqn: string]: readonly string[] } = {
${sorted(members).map(([fqn, names]) => `  '${fqn}': [\n${names.map((name) => `    ${quoted(name)},\n`).join('')}  ],\n`).join('')}};

/** The values of this library's enums, by the names of their members. */
export const ENUMS: { readonly [fqn: string]: { readonly [member: string]: string } } = {
${sorted(enums).map(([fqn, values]) => `  '${fqn}': {\n${Object.entries(values).map(([name, value]) => `    ${name}: '${value}',\n`).join('')}  },\n`).join('')}};
`;

const VERIFICATION = 'cdk-irsa.verification.';
// what takes an instance of a class, or another struct, checks it
const withObjects = (type) => type.replace(/^cdk-irsa\.verification\.\w+/, (fqn) => (types[fqn].kind === 'enum' ? 'string' : 'object'));
const parameters = Object.values(own).filter(({ fqn }) => fqn.startsWith(VERIFICATION))
  .flatMap(({ methods = [], initializer = {} }) => [...methods, initializer].flatMap((method) => method.parameters ?? []));
const structsIn = (type) => [namedType(type)].filter((fqn) => isStruct(fqn) && isOwn(fqn))
  .flatMap((fqn) => [fqn, ...allOf(fqn, 'properties').flatMap((property) => structsIn(property.type))]);
const options = [...new Set(parameters.flatMap(({ type }) => structsIn(type)))].map((fqn) => [fqn.slice(VERIFICATION.length), typesOf(fqn)])
  .map(([name, properties]) => [name, Object.fromEntries(Object.entries(properties).map(([property, type]) => [property, withObjects(type)]))]);

for (const [struct, properties] of options) {
  const [wrong] = Object.entries(properties).find(([, type]) => !/^(string|boolean|number|object)(\[\]|\{\})*\??$/.test(type)) ?? [];
  if (wrong) {
    throw new Error(`lib/verification cannot check ${struct}.${wrong}: only primitives and collections of them`);
  }
}

const optionTypes = options.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, properties]) => `  ${name}: {\n${lines(properties, 4)}  },\n`).join('');

const optionsText = `// Written by \`npx projen property-types\` from the assembly of this library. A test fails if it is stale.

/** The types of the properties of structs that methods take. One that ends with \`?\` is optional. */
export const OPTION_TYPES = {
${optionTypes}} as const satisfies { readonly [struct: string]: { readonly [property: string]: string } };
`;

const FILES = { 'lib/private/props/property-types.generated.ts': text, 'lib/verification/private/questions/option-types.generated.ts': optionsText };
if (process.argv.includes('--print')) {
  process.stdout.write(JSON.stringify(FILES));
} else {
  Object.entries(FILES).forEach(([file, content]) => writeFileSync(join(root, file), content));
}
