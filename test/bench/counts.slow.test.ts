import { synthesize, withCdkIrsa, withEksV2 } from './apps';
import { PERFORMANCE, rowsFor } from './documented';
import { boundsTable, LIBRARIES, SIZES } from './figures';
import * as cdkIrsa from '../../lib';

const definitions = { 'cdk-irsa': withCdkIrsa(cdkIrsa), 'aws-eks-v2': withEksV2 };

const apps = SIZES.flatMap((size) => LIBRARIES.map((library) => ({ size, library })))
  // takes seconds, and only changes if the others of aws-eks-v2 do
  .filter(({ size, library }) => library === 'cdk-irsa' || size.accounts < 1_000);

test.each(apps)('docs/performance.md has the counts of $size.accounts accounts with $library', ({ size, library }) => {
  const { actual, documented } = rowsFor({ size, library, counts: synthesize(definitions[library], size) });
  expect(documented).toEqual([actual]);
});

test('docs/performance.md has the upper bounds', () => {
  expect(PERFORMANCE).toContain(boundsTable());
});

