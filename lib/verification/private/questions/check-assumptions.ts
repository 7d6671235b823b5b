import { Token } from 'aws-cdk-lib';
import { checkContext } from './asked-context';
import { checkIssuer } from './check-issuers';
import { assumableParameters, checkValues } from './check-parameters';
import { available } from './nearest';
import { AccessAssumptions } from '../../access-assumptions';
import { Assembly } from '../assembly/assembly';
import { Finding } from '../findings/finding';

/** Checks that assumptions are about something in the templates that is not known otherwise, because others would change nothing. */
export function checkAssumptions(assumptions: AccessAssumptions, assembly: Assembly): void {
  const { parameters = {}, attributes = {}, clusterIssuers = {}, resourcesWithoutPolicy = [], context = {} } = assumptions;
  checkNames('parameter', Object.keys(parameters), assumableParameters(assembly));
  checkValues(parameters, assembly);
  Object.keys(attributes).forEach(checkAttribute);
  const resources = assembly.templates.flatMap(({ body }) => Object.keys(body.Resources));
  checkNames('resource', Object.keys(attributes).map((attribute) => attribute.split('.')[0]), resources);
  Object.entries(clusterIssuers).forEach(checkIssuer);
  resourcesWithoutPolicy.forEach(checkArn);
  checkContext(context);
}

function checkNames(what: string, names: readonly string[], known: readonly string[]): void {
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    throw new Error(`assume names the ${what} ${wrong}, which is not in the templates: ${available(wrong, known)}`);
  }
}

/** Checks that places are those of gaps: one that has been read or removed since could hide another one later. */
export function checkGaps(places: readonly string[], findings: readonly Finding[]): void {
  const known = findings.flatMap(({ gap }) => gap?.at ?? []);
  const wrong = places.find((place) => !known.includes(place));
  if (wrong !== undefined) {
    throw new Error(`changesNothing names ${wrong}, but the templates have nothing there that is not read: ${known.length > 0 ? available(wrong, known) : 'remove it'}`);
  }
}

function checkAttribute(name: string): void {
  if (!/^[^.]+\../.test(name)) {
    throw new Error(`attributes has ${name}, but must have names of a logical ID and an attribute, such as Cluster.OpenIdConnectIssuerUrl`);
  }
}

function checkArn(arn: string, i: number): void {
  if (!Token.isUnresolved(arn) && !/^(arn:|\*)/.test(arn)) {
    throw new Error(`resourcesWithoutPolicy[${i}] is ${JSON.stringify(arn)}, but must be an ARN, such as arn:aws:s3:::bucket`);
  }
}
