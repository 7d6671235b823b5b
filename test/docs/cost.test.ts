import { Template } from 'aws-cdk-lib/assertions';
import { read } from '../documents';
import { newCluster, newStack } from '../stacks';

const page = read('docs/cost.md');

/** The cells of the rows of a table, without its header. */
function rowsOf(document: string, header: string): string[][] {
  const [, table] = new RegExp(`^\\| ${header} .*\\n\\| --- .*\\n((?:\\|.*\\n)+)`, 'm').exec(document)!;
  return table.trimEnd().split('\n').map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()));
}

test('the times and requests of the function are those of the page about performance', () => {
  const performance = read('docs/performance.md');
  const bounds = new Map(rowsOf(performance, 'figure').map(([figure, most]) => [figure, most.split(', ')[0]]));
  const expected = rowsOf(performance, 'service accounts').map(([accounts, , , , time, withRoles]) => {
    const requests = bounds.get(`requests to create, update and delete ${accounts} account${accounts === '1' ? '' : 's'} with a role`);
    return [accounts, time, withRoles, requests];
  });
  expect(rowsOf(page, 'service accounts')).toEqual(expected);
});

test('the page has the memory of the function, and how many functions, log groups and NAT gateways there are', () => {
  const stack = newStack();
  newCluster(stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', { MemorySize: 512 });
  template.resourceCountIs('AWS::Lambda::Function', 2);
  template.resourceCountIs('AWS::Logs::LogGroup', 2);
  template.resourceCountIs('AWS::EC2::NatGateway', stack.availabilityZones.length);
  expect(page).toContain('The function has 512 MB of memory.');
});
