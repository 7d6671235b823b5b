import { basename } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { PLATFORMS } from './platforms';
import { RULE_APPS } from './rule-apps';
import { PodAccessPlugin } from '../../../lib/verification';
import { RULES } from '../../../lib/verification/private/rules/rules';
import { oldApp } from '../ordinary-apps/app';

process.env.JSII_DEPRECATED = 'quiet'; // aws-eks itself uses its deprecated OIDC provider

beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {})); // violations that do not fail
afterEach(() => jest.restoreAllMocks());

test('each rule has an app that breaks it, and one that does not', () => {
  expect([...new Set(RULE_APPS.map(({ rule }) => rule))]).toEqual(RULES.map(({ id }) => id));
});

describe.each(Object.entries(PLATFORMS))('with clusters of %s', (_, define) => {
  /** What breaks rules in each of the apps, which are stacks of one, and what should. */
  const rulesIn = (kind: 'failing' | 'passing') => {
    const app = oldApp();
    const expected = RULE_APPS.flatMap(({ rule, reachable, needsCharts, ...parts }, i) => {
      const stack = new Stack(app, `${rule}-${i}`);
      const cluster = define(stack, 'Cluster', reachable && kind === 'failing');
      if (needsCharts && !cluster.addChart) {
        return [];
      }
      parts[kind](stack, cluster, () => define(new Stack(app, `other-${i}`), 'Cluster'));
      return [[stack.artifactId, kind === 'failing' ? [rule] : []] as const];
    });
    const { violations } = new PodAccessPlugin().validate({ templatePaths: app.synth().stacks.map(({ templateFullPath }) => templateFullPath) });
    const found = expected.map(([name]) => {
      const own = violations.filter(({ violatingResources: [{ templatePath }] }) => basename(templatePath) === `${name}.template.json`);
      return [name, [...new Set(own.map(({ ruleName }) => ruleName))]];
    });
    return { found, expected };
  };

  test('each failing app breaks its rule, and no other one', () => {
    const { found, expected } = rulesIn('failing');
    expect(found).toEqual(expected);
  });

  test('each passing app breaks none', () => {
    const { found, expected } = rulesIn('passing');
    expect(found).toEqual(expected);
  });
});
