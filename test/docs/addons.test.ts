import { KNOWN_ADDONS, KnownAddon } from '../../lib/cluster/private/known-addons';
import { read } from '../documents';

const listed = (names: readonly string[] = []) => names.map((name) => `\`${name}\``).join(', ');

function row(addonName: string, { serviceAccounts, managedPolicies, isForNodes }: KnownAddon): string {
  const accounts = serviceAccounts?.names.map((name) => `${serviceAccounts.namespace}/${name}`);
  const policies = managedPolicies?.map((name) => name.replace(/^.*\//, ''));
  return `| ${[`\`${addonName}\``, listed(accounts), listed(policies), isForNodes ? 'before nodegroups' : 'after nodegroups'].join(' | ')} |`;
}

test('the guide lists the add-ons that the library knows', () => {
  const table = [
    '| add-on | service account | managed policies | deployed |',
    '| --- | --- | --- | --- |',
    ...Object.entries(KNOWN_ADDONS).map(([addonName, known]) => row(addonName, known)),
  ].join('\n');
  expect(read('docs/addons.md')).toContain(`${table}\n\n`);
});
