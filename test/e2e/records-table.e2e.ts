import { TestStack } from './cloudformation';
import { describeWithTools, Tools } from './other-tools';
import { Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { read } from '../documents';

const scene = new Scene();
const tools = new Tools(scene);
const { account, config } = scene;

const [, command] = /^kubectl -n cdk-irsa (.*)$/m.exec(read('docs/existing-objects.md'))!;

describeWithTools('kubectl, as in docs/existing-objects.md, shows for each record', () => {
  test('the stack, the resource, the number of objects, the state and the last event with its time', async () => {
    const [one, two, gone] = [new TestStack('One'), new TestStack('Two'), new TestStack('Gone')];
    await one.deploy({ Set: { objects: [account('a'), config('b')] } });
    await two.deploy({ Kept: { objects: [account('c')], existing: ExistingObjects.KEEP } });
    await two.deploy({ Kept: { objects: [account('c'), { ...config('d'), data: { key: 1 } }], existing: ExistingObjects.KEEP } }).catch(() => undefined);
    await gone.deploy({ Set: { objects: [config('e')] } });
    await gone.destroy();
    const table = await tools.kubectlForRecords(`${command} --sort-by=.metadata.annotations.cdk-irsa/stack`);
    const [header, ...rows] = table.trim().split('\n').map((line) => line.split(/  +/));
    expect(header).toEqual(['STACK', 'RESOURCE', 'OBJECTS', 'STATE', 'EVENT']);
    expect(rows).toEqual([
      ['Gone', 'Set', '0', 'Deleted', expect.stringMatching(/^Delete \d{8}T\d{6}Z$/)],
      ['One', 'Set', '2', 'Ready', expect.stringMatching(/^Create \d{8}T\d{6}Z$/)],
      ['Two', 'Kept', '1', 'Ready', expect.stringMatching(/^Update \d{8}T\d{6}Z$/)],
    ]);
  });
});
