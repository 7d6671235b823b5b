import { Token } from 'aws-cdk-lib';
import { checkContext } from './asked-context';
import { checkIssuer } from './check-issuers';
import { assumableParameters, checkValues } from './check-parameters';
import { available, misspelled } from './nearest';
import { statedName } from './stated-names';
import { isAboutUnknownRequests } from './stated-requests';
import { AccessAssumptions } from '../../access-assumptions';
import { Assembly } from '../assembly/assembly';
import { Template } from '../assembly/template';
import { Finding } from '../findings/finding';
import { nameOfPlace } from '../findings/gap';
import { isAmbiguous } from '../resolution/resource-values';

/** Checks that assumptions are about something in the templates that is not known otherwise, because others would change nothing. */
export function checkAssumptions(assumptions: AccessAssumptions, assembly: Assembly): void {
  const { parameters = {}, attributes = {}, clusterIssuers = {}, resourcesWithoutPolicy = [], context = {} } = assumptions;
  Object.keys(parameters).map((stated) => statedName(stated, assembly)).forEach(({ template, name }) =>
    checkNames('parameter', [name], assumableParameters(assembly, template), template));
  checkValues(parameters, assembly);
  Object.keys(attributes).forEach((attribute) => checkAttribute(attribute, assembly));
  Object.entries(clusterIssuers).forEach(checkIssuer);
  resourcesWithoutPolicy.forEach(checkArn);
  checkContext(context);
}

function checkNames(what: string, names: readonly string[], known: readonly string[], template?: Template): void {
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    throw new Error(`assume names the ${what} ${wrong}, which is not in ${template?.id ?? 'the templates'}: ${available(wrong, known)}`);
  }
}

/**
 * Checks that places are those of gaps, requests of which the effect is not known, or API groups whose controllers may act for pods: one that has been read or removed
 * since could hide another one later.
 */
export function checkGaps(places: readonly string[], findings: readonly Finding[], controllers: () => readonly string[]): void {
  if (places.length === 0) {
    return;
  }
  const known = [...findings.flatMap(({ gap }) => gap?.at ?? []), ...controllers()];
  const wrong = places.find((place) => !known.includes(place) && !isAboutUnknownRequests(place));
  if (wrong !== undefined && findings.some(({ place }) => place && nameOfPlace(place) === wrong)) {
    throw new Error(`changesNothing names ${wrong}, but what is not read there makes no answer UNKNOWN: omit it`);
  }
  if (wrong !== undefined) {
    throw new Error(`changesNothing names ${wrong}, but the templates have nothing there that is not read: ${known.length > 0 ? available(wrong, known) : 'remove it'}`);
  }
}

/** The attribute of a cluster on which answers depend. */
const ISSUER = 'OpenIdConnectIssuerUrl';

function checkAttribute(attribute: string, assembly: Assembly): void {
  const { template, name } = statedName(attribute, assembly);
  if (!/^[^.]+\../.test(name)) {
    throw new Error(`attributes has ${attribute}, but must have names of a logical ID and an attribute, such as Cluster.OpenIdConnectIssuerUrl`);
  }
  const [logicalId, ...rest] = name.split('.');
  const templates = template ? [template] : assembly.templates;
  checkNames('resource', [logicalId], templates.flatMap(({ body }) => Object.keys(body.Resources)), template);
  const isCluster = templates.some(({ body }) => body.Resources[logicalId]?.Type === 'AWS::EKS::Cluster');
  const meant = isCluster ? misspelled(rest.join('.'), [ISSUER]) : undefined;
  if (meant && !rest.includes(meant)) {
    throw new Error(`attributes has ${attribute}, which is not an attribute of AWS::EKS::Cluster: did you mean ${logicalId}.${meant}?`);
  }
  if (!template && isAmbiguous(logicalId, assembly)) {
    const names = templates.filter(({ body }) => Object.hasOwn(body.Resources, logicalId)).map(({ id }) => `${id}/${name}`);
    throw new Error(`attributes has ${attribute}, but several templates have ${logicalId}, each of its own: state it for ${names.join(', ')}`);
  }
}

function checkArn(arn: string, i: number): void {
  if (!Token.isUnresolved(arn) && !/^(arn:|\*)/.test(arn)) {
    throw new Error(`resourcesWithoutPolicy[${i}] is ${JSON.stringify(arn)}, but must be an ARN, such as arn:aws:s3:::bucket`);
  }
}
