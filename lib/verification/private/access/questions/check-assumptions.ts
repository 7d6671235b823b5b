import { Token } from 'aws-cdk-lib';
import { available } from './nearest';
import { AccessAssumptions } from '../../../access-assumptions';
import { Assembly } from '../../templates/assembly';
import { Template } from '../../templates/template';

/** Where templates have the values of the pseudo parameters that can be assumed. */
const PSEUDO_PARAMETERS: { readonly [name: string]: keyof Template & ('account' | 'region') } = { 'AWS::AccountId': 'account', 'AWS::Region': 'region' };

/** Checks that assumptions are about something in the templates that is not known otherwise, because others would change nothing. */
export function checkAssumptions({ parameters = {}, attributes = {}, noResourcePolicy = [] }: AccessAssumptions, { templates }: Assembly): void {
  const declared = templates.filter(({ parent }) => !parent).flatMap(({ body }) => Object.keys(body.Parameters));
  check('parameter', Object.keys(parameters), [...declared, ...Object.keys(PSEUDO_PARAMETERS)]);
  Object.entries(parameters).filter(([name]) => !declared.includes(name)).forEach(([name, value]) => checkPseudoParameter(name, value, templates));
  Object.keys(attributes).forEach(checkAttribute);
  check('resource', Object.keys(attributes).map((attribute) => attribute.split('.')[0]), templates.flatMap(({ body }) => Object.keys(body.Resources)));
  noResourcePolicy.forEach(checkArn);
}

function check(what: string, names: readonly string[], known: readonly string[]): void {
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    throw new Error(`assume names the ${what} ${wrong}, which is not in the templates: ${available(wrong, known)}`);
  }
}

function checkPseudoParameter(name: string, value: string, templates: readonly Template[]): void {
  const property = PSEUDO_PARAMETERS[name];
  const known = templates.map((template) => template[property]);
  if (known.every((one) => one !== undefined && one !== value)) {
    throw new Error(`assume has a value of ${name}, but the environments of the stacks have others: ${[...new Set(known)].join(', ')}`);
  }
}

function checkAttribute(name: string): void {
  if (!/^[^.]+\../.test(name)) {
    throw new Error(`attributes has ${name}, but must have names of a logical ID and an attribute, such as Cluster.OpenIdConnectIssuerUrl`);
  }
}

function checkArn(arn: string, i: number): void {
  if (!Token.isUnresolved(arn) && !/^(arn:|\*)/.test(arn)) {
    throw new Error(`noResourcePolicy[${i}] is ${JSON.stringify(arn)}, but must be an ARN, such as arn:aws:s3:::bucket`);
  }
}
