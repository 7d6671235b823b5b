// What growth.test.ts counts.
import APP from './assembly/app.json';
import { combinations, Compared, differentStatements } from './diff/growing-policies';
import { rulesFrom } from './diff/rules-from';
import { modelOf } from './model/models';
import { policyOf, text } from './texts';
import { Assembly } from '../../lib/verification/private/assembly/assembly';
import { startsOf } from '../../lib/verification/private/assignments/program-starts';
import { compareRules } from '../../lib/verification/private/diff/compare-rules';
import { decideAccess } from '../../lib/verification/private/evaluation/decide-access';
import { Grants } from '../../lib/verification/private/evaluation/grants';
import { SessionContext } from '../../lib/verification/private/evaluation/session-context';
import { HostIndex } from '../../lib/verification/private/model/code/host-index';
import { Policy } from '../../lib/verification/private/policies/policy';
import { Resolver } from '../../lib/verification/private/resolution/resolver';
import { parseJson } from '../../lib/verification/private/values/json-text';
import { Pattern } from '../../lib/verification/private/values/pattern';
import { Workload } from '../growth/growth';

const session = { roleArn: text('arn:<<Partition|:/>>:iam::111122223333:role/<<Reader|:/>>'), account: text('111122223333') };

const decide = (count: number, identity: readonly Policy[]) => {
  const grants: Grants = { identity, resource: { kind: 'none' } };
  for (let i = 0; i < count; i++) {
    const resource = text(`arn:aws:s3:::reports/${i}`);
    const context = SessionContext.ofRole({ role: session, roleTags: new Map([['team', text('red')]]), resource: { arn: resource } });
    decideAccess(session, grants, { action: 's3:GetObject', resource, context });
  }
};

const allowing = (Action: string[]) => policyOf([{ Effect: 'Allow', Action, Resource: '*' }]);
const names = (size: number, name: (i: number) => string) => Array.from({ length: size }, (_, i) => name(i));

export const decisionsAndServices: Workload = (size) => () => decide(size, [allowing(names(size, (i) => `service${i}:Get*`)), allowing(['s3:*'])]);
export const actionsOfService: Workload = (size) => () => decide(1, [allowing(names(size, (i) => `s3:Get${i}*`))]);

export const statements: Workload = (size) => {
  const statement = (Effect: string, i: number) => ({
    Effect, Action: ['s3:Get*', 's3:List*'], Resource: [`arn:aws:s3:::bucket${i}`, `arn:aws:s3:::bucket${i}/*`], Condition: { StringEquals: { 'aws:PrincipalTag/team': `team${i}` } },
  });
  const policy = policyOf(['Allow', 'Deny'].flatMap((effect) => Array.from({ length: size }, (_, i) => statement(effect, i))));
  return () => decide(1, [policy]);
};

/** Decides about one half of the named resources, which the policies name one by one. */
const decideEach = (identity: Policy, resourcePolicy: Policy | undefined, count: number) => () => {
  const account = text('111122223333');
  for (let i = 0; i < count; i++) {
    const [roleArn, resource] = [text(`arn:aws:iam::111122223333:role/reader-${i}`), text(`arn:aws:s3:::bucket-${2 * i}`)];
    const grants: Grants = { identity: [identity], resource: resourcePolicy ? { kind: 'policies', policies: [resourcePolicy], account } : { kind: 'none' } };
    const role = { roleArn, account };
    decideAccess(role, grants, { action: 's3:GetObject', resource, context: SessionContext.ofRole({ role, roleTags: new Map(), resource: { arn: resource } }) });
  }
};

export const namedResources: Workload = (size) =>
  decideEach(policyOf([{ Effect: 'Allow', Action: 's3:GetObject', Resource: names(size, (i) => `arn:aws:s3:::bucket-${i}`) }]), undefined, size / 2);
export const namedPrincipals: Workload = (size) => {
  const AWS = names(size, (i) => `arn:aws:iam::111122223333:role/reader-${i}`);
  return decideEach(allowing(['s3:GetObject']), policyOf([{ Effect: 'Deny', Principal: { AWS }, Action: 's3:*', Resource: '*' }], 'resource'), size / 2);
};

/** Asks for each of some functions what starts it. A rule does, which has a bus of its own. */
const functionsWithRules = (nameOf: (i: number) => object): Workload => (size) => {
  const resources = Array.from({ length: size }, (_, i) => Object.entries({
    Function: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/other', ...nameOf(i) } },
    Rule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: `bus-${i}`, EventPattern: { source: ['orders'] }, Targets: [{ Id: 'own', Arn: { 'Fn::GetAtt': [`Function${i}`, 'Arn'] } }] } },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: { Ref: `Function${i}` }, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': [`Rule${i}`, 'Arn'] } },
    },
  }).map(([id, resource]) => [`${id}${i}`, resource] as const)).flat();
  const model = modelOf(Object.fromEntries(resources));
  return () => model.programs.map((program) => startsOf(program, model).length);
};

export const functionsWithGeneratedNames = functionsWithRules(() => ({}));
export const functionsWithNames = functionsWithRules((i) => ({ FunctionName: `fun-${i}` }));

/** Looks up each of some hosts of which only the deployment knows how they start, and a literal. */
export const hostsWithUnknownStarts: Workload = (size) => {
  const hosts = names(size, (i) => `${1_000 + i}.example.com`).map((end) => [text(`<<Stage|./>>-${end}`), text(`prod-${end}`)]).flat();
  return () => {
    const index = new HostIndex<number>();
    hosts.forEach((host, i) => index.add(host, i));
    return hosts.map((host) => index.at(host).length);
  };
};

const matching = (pattern: string, other: string) => () => Pattern.glob(text(pattern)).matches(text(other));

export const wildcardsOfPattern: Workload = (size) => matching(`${'*a<<X>>'.repeat(size)}*`, 'a<<A|/:*?>>b'.repeat(10));
export const unknownsOfText: Workload = (size) => matching(`${'*a<<X>>'.repeat(10)}*`, 'a<<A|/:*?>>b'.repeat(size));
export const textThatMayContain: Workload = (size) => matching('*<<A|/:*?>>*', `<<X>>${'a'.repeat(size)}`);
export const textThatMayBeEqual: Workload = (size) => matching(`${'a'.repeat(size)}<<X>>b`, `${'a'.repeat(size)}<<A|/:*?>>b`);
export const textThatIsNotEqual: Workload = (size) => matching(`${'a'.repeat(size)}<<X>>b`, `${'a'.repeat(size)}<<A|/:*?>>c`);

const parsing = (json: string) => () => parseJson(text(json));

export const items: Workload = (size) => parsing(`[${names(size, (i) => `{"Effect":"Allow","Action":["s3:Get${i}"],"Resource":"<<Host|"\\:>>"}`)}]`);
export const members: Workload = (size) => parsing(`{${names(size, (i) => `"key${i}":[true,"<<Host|"\\:>>"]`)}}`);
export const unknownsOfString: Workload = (size) => parsing(`["${'a<<Host|"\\:>>'.repeat(size)}"]`);

export const roles: Workload = (size) => {
  const role = (i: number) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        'Fn::Sub': [`{"Statement":[{"Effect":"Allow","Principal":{"Federated":"\${Provider}"},"Condition":{"StringEquals":{"\${Issuer}:sub":"system:serviceaccount:ns:sa-${i}"}}}]}`, {
          Issuer: { 'Fn::Select': [1, { 'Fn::Split': ['//', { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }] }] },
        }],
      },
    },
  });
  const { Cluster, Provider } = APP.app.Resources;
  const Resources = { Cluster, Provider, ...Object.fromEntries(Array.from({ length: size }, (_, i) => [`Role${i}`, role(i)])) };
  return () => {
    const resolver = new Resolver(Assembly.fromTemplates({ app: { Resources } }));
    const [template] = resolver.assembly.templates;
    for (const [logicalId, { Properties }] of Object.entries(template.body.Resources)) {
      resolver.resolve(template, Properties);
      resolver.arnOf(template, logicalId);
    }
  };
};

const comparing = ([before, after]: Compared) => () =>
  compareRules(rulesFrom(before), rulesFrom(after), { allow: ['gained', 'lost'], deny: ['gained', 'lost'] });

export const comparedCombinations: Workload = (size) => comparing(combinations(size));
export const comparedResources: Workload = (size) => comparing(differentStatements(size, (name) => ({ Resource: `arn:aws:s3:::${name}-*` })));
export const comparedActions: Workload = (size) => comparing(differentStatements(size, (name) => ({ Action: `s3:Get${name}` })));
export const comparedConditions: Workload = (size) =>
  comparing(differentStatements(size, (name) => ({ Condition: { StringEquals: { 'aws:PrincipalTag/team': name } } })));
