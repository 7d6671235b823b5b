import * as cdk from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { installedProperties } from './installed-properties';
import { meantElsewhere } from './names-elsewhere';
import { nearestNames } from './nearest-names';
import { ENUMS, MEMBERS, STRUCTS } from './property-types.generated';
import { EXAMPLES, FOR_NOTHING } from './type-examples';
import { alternatives } from '../alternatives';
import { within } from '../errors';
import { nearestName } from '../nearest-name';

const LIBRARY = 'cdk-irsa.';
const MANAGED_POLICY = 'aws-cdk-lib.aws_iam.IManagedPolicy';
const CONTROLLER_POLICY = 'cdk-irsa.policies.IControllerPolicy';

/**
 * Refuses properties that a struct does not have, lacks, or that are of another type. TypeScript checks that as well, but plain JavaScript does
 * not, nor does a runner such as tsx. Tokens pass.
 *
 * @param struct the name of a struct of this library.
 */
export function checkProps(scope: IConstruct, struct: string, props: unknown): void {
  within(scope, () => checkStruct('', `${LIBRARY}${struct}`, props));
}

/**
 * Refuses an argument of another type.
 *
 * @param type as in `Struct`.
 */
export function checkArgument(scope: IConstruct, name: string, type: string, value: unknown): void {
  within(scope, () => checkValue(name, type, value));
}

/** Like `checkArgument`, within the errors of the caller. */
export function checkType(name: string, type: string, value: unknown): void {
  checkValue(name, type, value);
}

function checkStruct(path: string, fqn: string, value: unknown): void {
  if (!isObject(value)) {
    throw mistyped(path || 'props', value, `an object of type ${simple(fqn)}`, EXAMPLES[fqn], fqn in EXAMPLES ? undefined : propertiesToSet(fqn));
  }
  const { properties } = STRUCTS[fqn];
  const given = Object.entries(value).filter(([, each]) => each !== undefined);
  for (const [name] of given.filter(([key]) => !Object.hasOwn(properties, key))) {
    checkUnknown(path, fqn, name);
  }
  for (const [name, type] of Object.entries(properties)) {
    const isOptional = type.endsWith('?');
    const property = value[name];
    if (property !== undefined || !isOptional) {
      checkValue(path ? `${path}.${name}` : name, isOptional ? type.slice(0, -1) : type, property);
    }
  }
}

/** For someone who has passed none: those that are required, or else all. */
function propertiesToSet(fqn: string): string {
  const { properties } = STRUCTS[fqn];
  const required = Object.keys(properties).filter((name) => !properties[name].endsWith('?'));
  return required.length > 0 ? `it requires ${required.join(', ')}` : `its properties are ${Object.keys(properties).join(', ')}`;
}

function checkUnknown(path: string, fqn: string, name: string): void {
  const { inherited, properties } = STRUCTS[fqn];
  const others = fqn.startsWith(LIBRARY) ? inherited : [fqn, ...inherited];
  const names = Object.keys(properties);
  const installed = others.length > 0 ? installedProperties(others) : [];
  if (installed ? installed.includes(name) : !nearestName(name, names)) {
    return;
  }
  const nearest = nearestNames(name, names);
  const example = fqn in EXAMPLES ? `, for example ${EXAMPLES[fqn]}` : '';
  const similar = nearest.length > 0 ? `did you mean ${alternatives(nearest)}?` : `its properties are ${names.join(', ')}${example}`;
  const fix = meantElsewhere(name, names) ?? similar;
  const ifNewer = installed ? '' : ` If aws-cdk-lib has ${name}, do not bundle it into the app: without its file .jsii, only the properties of older versions are known`;
  throw new Error(`${path ? `${path}.` : ''}${name} is not a property of ${simple(fqn)}: ${fix}${ifNewer}`);
}

function checkValue(path: string, type: string, value: unknown): void {
  const isToken = isObject(value) && cdk.Token.isUnresolved(value);
  if (type.endsWith('[]')) {
    return isToken ? undefined : checkList(path, type.slice(0, -2), value);
  }
  if (type.endsWith('{}')) {
    return isToken ? undefined : checkMap(path, type.slice(0, -2), value);
  }
  if (type in STRUCTS) {
    return checkStruct(path, type, value);
  }
  if (type in MEMBERS) {
    return checkInstance(path, type, value);
  }
  if (type.includes('.')) {
    return checkEnum(path, type, value);
  }
  if (type !== 'any' && typeof value !== type && !isToken) {
    throw mistyped(path, value, `a ${type}`);
  }
}

function checkList(path: string, type: string, value: unknown): void {
  if (!Array.isArray(value)) {
    throw mistyped(path, value, `a list${type in EXAMPLES ? ` of ${simple(type)}` : ''}`, EXAMPLES[type] && `[${EXAMPLES[type]}]`);
  }
  value.forEach((item, i) => checkValue(`${path}[${i}]`, type, item));
}

function checkMap(path: string, type: string, value: unknown): void {
  if (!isObject(value)) {
    throw mistyped(path, value, 'an object', EXAMPLES[type] && `{ name: ${EXAMPLES[type]} }`);
  }
  for (const [key, item] of Object.entries(value).filter(([, each]) => each !== undefined)) {
    checkValue(`${path}['${key}']`, type, item);
  }
}

/** By its members: there may be several copies of a library, and an object of another language has no class. */
function checkInstance(path: string, type: string, value: unknown): void {
  if (!isInstance(type, value)) {
    throw mistyped(path, value, article(simple(type)), EXAMPLES[type], fixOf(type, value));
  }
}

function isInstance(type: string, value: unknown): boolean {
  const members = MEMBERS[type];
  return isObject(value) && (members.length > 0 ? members.every((member) => member in value) : value.constructor !== Object);
}

function fixOf(type: string, value: unknown): string | undefined {
  if (value === undefined) {
    return FOR_NOTHING[type];
  }
  if (type === MANAGED_POLICY && isInstance(CONTROLLER_POLICY, value)) {
    return 'put it into controllerPolicies of the role';
  }
  return isMethod(value) ? 'call it' : undefined;
}

function checkEnum(path: string, type: string, value: unknown): void {
  const members = ENUMS[type] ?? installedEnum(type);
  // of a numeric enum, the object has the names by number as well
  const names = Object.keys(members).filter((name) => !/^\d+$/.test(name));
  if (cdk.Token.isUnresolved(value) || names.some((name) => members[name] === value)) {
    return;
  }
  const got = typeof value === 'string' ? JSON.stringify(value) : described(value);
  const nearest = typeof value === 'string' ? nearestNames(value, names) : [];
  const fix = nearest.length > 0 ? `: did you mean ${alternatives(nearest.map((name) => `${simple(type)}.${name}`))}?` : '';
  throw new Error(`${path} is ${got}, but must be one of ${names.map((name) => `${simple(type)}.${name}`).join(', ')}${fix}`);
}

/** An enum of aws-cdk-lib as installed: a newer version may have more members. */
function installedEnum(fqn: string): { readonly [name: string]: unknown } {
  const [, ...path] = fqn.split('.');
  return path.reduce((module: any, name) => module[name], cdk);
}

function mistyped(path: string, value: unknown, allowed: string, example?: string, fix?: string): Error {
  return new Error(`${path} is ${described(value)}, but must be ${allowed}${example ? `, such as ${example}` : ''}${fix ? `: ${fix}` : ''}`);
}

/** What kind of value was given, without the value of a text or an object, which may be a secret. */
export function described(value: unknown): string {
  if (typeof value === 'function' && !isMethod(value)) {
    return `the class ${value.name}`;
  }
  if (typeof value === 'string' || typeof value === 'function') {
    return `a ${typeof value}`;
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (isObject(value) && cdk.Token.isUnresolved(value)) {
    return 'a token'; // whose class has another name in each version of aws-cdk-lib
  }
  return isObject(value) ? classOf(value) : String(value);
}

/** Decorators of aws-cdk-lib put a number after the names of its classes. */
function classOf({ constructor }: object): string {
  const name = typeof constructor === 'function' ? constructor.name.replace(/\d+$/, '') : 'Object';
  return name === 'Object' ? 'an object' : article(name);
}

/** Whether a value is a function that one can call without `new`, such as a static method. */
const isMethod = (value: unknown) => typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value));

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const simple = (fqn: string) => fqn.slice(fqn.lastIndexOf('.') + 1);

const article = (noun: string) => `${/^[AEIOU]/.test(noun) ? 'an' : 'a'} ${noun}`;
