import { isClosedAttribute } from './closed-attributes';
import { exportedAcrossRegions, READER } from './exports-across-regions';
import { pseudoParameter } from './pseudo-parameters';
import { requiredIssuer } from './required-issuers';
import { Scope } from './scope';
import { Assembly } from '../assembly/assembly';
import { Template } from '../assembly/template';
import { resourceType } from '../resource-types/declarations';
import { ResourceFormat } from '../resource-types/resource-type';
import { asciiWhere, derived, excludedBy } from '../values/derived';
import { GeneratedName, NamedFor } from '../values/generated-name';
import { parseJson } from '../values/json-text';
import { Resolved } from '../values/resolved';
import { completeArn } from '../values/secret-arn';
import { Text } from '../values/text';
import { textAfter } from '../values/text-parts';
import { StoredAs, Unknown } from '../values/unknown';

/** No generated name or ID has other characters. */
const NOT_GENERATED = asciiWhere((character) => !/[\w.-]/.test(character));

const NOT_ALPHANUMERIC = asciiWhere((character) => !/[A-Za-z0-9]/.test(character));

/** What `Ref` returns for a resource. */
export function referenceValue(scope: Scope, logicalId: string): Resolved {
  const format = formatOf(scope, logicalId);
  const { refersTo } = resourceType(scope.template.body.Resources[logicalId].Type ?? '') ?? {};
  const other = refersTo === undefined ? undefined : propertyOf(scope, logicalId, refersTo);
  if (other?.startsWith('arn:')) {
    return completeArn(other); // by its name, the ARN is not known
  }
  return format ? formatted(scope, logicalId, format, format.ref) : unlisted(scope, logicalId, 'Ref');
}

/** What `Fn::GetAtt` returns for a resource. */
export function attributeValue(scope: Scope, logicalId: string, attribute: string): Resolved {
  const label = `${logicalId}.${attribute}`;
  if (Object.hasOwn(scope.parameters, label)) {
    return Text.of(scope.parameters[label]);
  }
  const issuer = attribute === 'OpenIdConnectIssuerUrl' ? requiredIssuer(scope.template, logicalId) : undefined;
  if (issuer !== undefined) {
    return Text.of(issuer);
  }
  const { Type: type, Properties: properties } = scope.template.body.Resources[logicalId];
  if (type === 'Custom::AWSCDKCfnJson' && attribute === 'Value') {
    return parsedValue(scope, logicalId, properties);
  }
  if (type === 'AWS::SSM::Parameter' && attribute === 'Value') {
    return unlisted(scope, logicalId, attribute, valueOfParameter(scope, logicalId));
  }
  if (type === READER) {
    return exportedAcrossRegions(scope, attribute) ?? unlisted(scope, logicalId, attribute);
  }
  const format = formatOf(scope, logicalId);
  const written = format?.attributes && Object.hasOwn(format.attributes, attribute) ? format.attributes[attribute] : undefined;
  return format && written !== undefined ? formatted(scope, logicalId, format, written) : unlisted(scope, logicalId, attribute);
}

/** The ARN of a resource, or undefined if the format for its type is not known. */
export function arnOf(scope: Scope, logicalId: string): Text | undefined {
  const format = formatOf(scope, logicalId);
  return format && formatted(scope, logicalId, format, format.arn);
}

/** Undefined if a macro can change the properties, too. */
function formatOf({ template }: Scope, logicalId: string): ResourceFormat | undefined {
  const { Type: type = '', Properties: properties } = template.body.Resources[logicalId] ?? {};
  const isChanged = Object.keys(Object(properties)).some((name) => name.startsWith('Fn::'));
  return isChanged ? undefined : resourceType(type)?.format;
}

/** What a parameter of the templates stands for, which others can change later. */
function valueOfParameter(scope: Scope, logicalId: string): StoredAs | undefined {
  const name = referenceValue(scope, logicalId);
  return name instanceof Text ? { service: 'ssm', name: name.parts } : undefined;
}

function unlisted({ template, assembly }: Scope, logicalId: string, attribute: string, storedAs?: StoredAs): Text {
  const { Type: type, Properties: properties } = template.body.Resources[logicalId];
  const label = attribute === 'Ref' ? logicalId : `${logicalId}.${attribute}`;
  return Text.unknown(new Unknown(`${template.id}/${label}`, {
    label,
    excludes: isClosedAttribute(type, attribute, properties) ? '"\\' : '',
    assumption: attribute === 'Ref' ? undefined : `attributes: { '${isAmbiguous(logicalId, assembly) ? `${template.id}/` : ''}${label}': '…' }`,
    resourceType: type,
    resource: resourceKey(template, logicalId),
    storedAs,
  }));
}

/** Whether several templates have a resource of this name, such as those of two stages, so that an attribute is stated for one of them. */
export const isAmbiguous = (logicalId: string, { templates }: Pick<Assembly, 'templates'>): boolean =>
  templates.filter(({ body }) => Object.hasOwn(body.Resources, logicalId)).length > 1;

function formatted(scope: Scope, logicalId: string, format: ResourceFormat, written: string): Text {
  const pieces = written.split(/\$\{([^}]+)\}/);
  return Text.join(pieces.map((piece, i) => (i % 2 === 0 ? Text.of(piece) : variable(scope, logicalId, format, piece))));
}

function variable(scope: Scope, logicalId: string, format: ResourceFormat, written: string): Text {
  const pseudo = pseudoParameter(scope, written);
  if (pseudo?.value instanceof Text) {
    return pseudo.value;
  }
  const [name, prefix] = /^([^-]+)-(.+)$/.exec(written)?.slice(1) ?? [written];
  const given = propertyOf(scope, logicalId, name) ?? format.defaults?.[name];
  const value = typeof given === 'string' ? Text.of(given) : given ?? generated(scope, logicalId, format, name);
  return prefix === undefined ? value : withoutPrefix(value, prefix);
}

function propertyOf(scope: Scope, logicalId: string, path: string): Text | undefined {
  const { Properties: properties } = scope.template.body.Resources[logicalId];
  const property = path.split('.').reduce<any>((value, name) => (Object.hasOwn(Object(value), name) ? value[name] : undefined), properties);
  const value = scope.once(`${path} of ${logicalId}`, () => scope.resolve(property, properties));
  return value === undefined || value instanceof Text ? value : scope.text(property);
}

function generated({ template }: Scope, logicalId: string, { ref, unique, alphanumeric }: ResourceFormat, name: string): Text {
  const label = ref === `\${${name}}` ? logicalId : `${logicalId}.${name}`;
  const { Type: type } = template.body.Resources[logicalId];
  const differsWithin = unique?.includes(name) ? `${scopeOfNames(template, type, name)}/${type}.${name}` : undefined;
  const generatedName = differsWithin !== undefined && isName(name) ? new GeneratedName(namedFor(template, logicalId, type)) : undefined;
  const excludes = alphanumeric?.includes(name) ? NOT_ALPHANUMERIC : NOT_GENERATED;
  return Text.unknown(new Unknown(`${template.id}/${logicalId}/${name}`, { label, excludes, differsWithin, generatedName, resource: resourceKey(template, logicalId) }));
}

/** What identifies a resource. */
export const resourceKey = ({ id }: Pick<Template, 'id'>, logicalId: string): string => `${id}/${logicalId}`;

/** The IDs that services generate have other forms. */
const isName = (property: string): boolean => /name$/i.test(property);

function namedFor(template: Template, logicalId: string, type: string): NamedFor {
  const root = rootOf(template);
  return { logicalId, stackName: root.stackName, isNested: root !== template, isOfStack: /^AWS::(IAM|S3)::/.test(type) };
}

const rootOf = (template: Template): Template => (template.parent ? rootOf(template.parent.template) : template);

/** Where names of a type are unique: issuers of clusters everywhere, buckets in a partition, what is of IAM in an account, all else in an account and region. */
function scopeOfNames({ account, environment }: Template, type: string, name: string): string {
  return type.startsWith('AWS::S3::') || name === 'IssuerId' ? '' : type.startsWith('AWS::IAM::') ? account ?? environment : environment;
}

function withoutPrefix(text: Text, prefix: string): Text {
  if (prefix.startsWith('*')) {
    return textAfter(text, prefix.slice(1)) ?? text;
  }
  const [first, ...rest] = text.parts;
  if (typeof first !== 'string' || (prefix.startsWith(first) && first !== prefix && rest.length > 0)) {
    return text.parts.length === 0 ? text : derived(`without ${prefix}`, [text], { excludes: excludedBy(text) });
  }
  const stripped = Text.of(first.startsWith(prefix) ? first.slice(prefix.length) : first);
  return Text.join([stripped, ...rest.map(Text.ofPart)]);
}

/** The value of a `CfnJson` of the aws-cdk: JSON, whose keys can be known only at deployment. */
function parsedValue(scope: Scope, logicalId: string, properties: any): Resolved {
  const parsed = parseJson(scope.text(properties?.Value));
  if ('problem' in parsed) {
    scope.find('unreadable-json', `the Value of ${logicalId} ${parsed.problem}`, properties);
    return unlisted(scope, logicalId, 'Value');
  }
  return parsed.value;
}
