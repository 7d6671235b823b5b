import { Model } from '../model';
import { Binding, readBindings } from './bindings';
import { readChartGrants } from './chart-grants';
import { readGrants } from './grants';
import { Interned } from '../../values/interned';
import { withInner } from '../objects/inner-objects';

/** The bindings of the templates, which are read once. */
export const bindingsIn = ({ objects, charts, clusters }: Pick<Model, 'objects' | 'charts' | 'clusters'>): readonly Binding[] =>
  known.of([objects, charts, clusters], () => {
    const grants = [...readGrants(objects, charts), ...readChartGrants(objects, charts)];
    return readBindings(withInner(objects, charts), grants, clusters);
  });

const known = new Interned<readonly Binding[]>();
