import { statSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize, withCdkIrsa, withEksV2 } from './apps';
import { PERFORMANCE, rowsFor } from './documented';
import { BOUNDS, boundsTable, LIBRARIES, SIZES } from './figures';
import * as cdkIrsa from '../../lib';
import { ROOT } from '../documents';

const definitions = { 'cdk-irsa': withCdkIrsa(cdkIrsa), 'aws-eks-v2': withEksV2 };

// The largest apps take seconds: synthesis.test.ts counts that of this library, and that of aws-eks-v2 only changes if the others do.
const apps = SIZES.filter(({ accounts }) => accounts < 1_000).flatMap((size) => LIBRARIES.map((library) => ({ size, library })));

test.each(apps)('docs/performance.md has the counts of $size.accounts accounts with $library', ({ size, library }) => {
  const { actual, documented } = rowsFor({ size, library, counts: synthesize(definitions[library], size).counts });
  expect(documented).toEqual([actual]);
});

test('docs/performance.md has the upper bounds', () => {
  expect(PERFORMANCE).toContain(boundsTable());
});

test('the bundle of the function stays within its upper bound', () => {
  expect(statSync(join(ROOT, 'assets', 'lib', 'kubernetes', 'function', 'apply-objects', 'index.js')).size).toBeLessThanOrEqual(BOUNDS.bundle);
});
