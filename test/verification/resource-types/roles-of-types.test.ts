import { propertiesWithRoles } from './properties-with-roles';
import { NOT_ASKED } from './roles-not-asked';
import { typesWith } from '../../../lib/verification/private/resource-types/declarations';

/** In a property that is any JSON, or a list of names with their values. */
const IN_JSON = ['AWS::CodePipeline::Pipeline Stages.Actions.Configuration.RoleArn', 'AWS::RDS::OptionGroup OptionConfigurations.OptionSettings.IAM_ROLE_ARN'];

const properties = [...propertiesWithRoles(), ...IN_JSON];

/** What the declarations of the proof say that acts with a role as others ask. */
const declared = typesWith('program').flatMap(([type, { roles, instanceProfiles = [] }]) => [...roles, ...instanceProfiles].map((path) => `${type} ${path.join('.')}`));

/** Those that somebody has read, and found that others cannot ask for anything with their roles, by a pattern in which `*` stands for any text. */
const listed = Object.values(NOT_ASKED).flatMap((patterns) => patterns.map((pattern) => ({
  pattern, matches: new RegExp(`^${pattern.split('*').map((part) => part.replaceAll('.', '\\.')).join('.*')}$`),
})));

test('the data has properties with roles, also nested ones', () => {
  expect(properties).toEqual(expect.arrayContaining(['AWS::Lambda::Function Role', 'AWS::EC2::Instance IamInstanceProfile', 'AWS::Pipes::Pipe RoleArn']));
  expect(properties).toContain('AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.Container.JobRoleArn');
});

test('for each property that can have a role, it is declared or listed who can act with it', () => {
  const known = new Set(declared);
  const unknown = properties.filter((property) => !known.has(property) && !listed.some(({ matches }) => matches.test(property)));
  // If others decide, by a request that does not pass the role, what is done with it: declare that in lib/verification/private/resource-types/.
  // Otherwise, list the property in roles-not-asked.ts, under the reason.
  expect(unknown).toEqual([]);
});

test('what is declared or listed is in the data, and nothing is both', () => {
  expect(declared.filter((property) => !properties.includes(property))).toEqual([]);
  expect(listed.filter(({ matches }) => !properties.some((property) => matches.test(property))).map(({ pattern }) => pattern)).toEqual([]);
  expect(listed.filter(({ matches }) => declared.some((property) => matches.test(property))).map(({ pattern }) => pattern)).toEqual([]);
});
