import { Model } from '../model';
import { Binding, readBindings } from './bindings';
import { readGrants } from './grants';
import { Interned } from '../../values/interned';
import { withInner } from '../objects/inner-objects';

/** The bindings of the templates, which are read once. */
export const bindingsIn = ({ objects, charts, clusters }: Pick<Model, 'objects' | 'charts' | 'clusters'>): readonly Binding[] =>
  known.of([objects, charts, clusters], () => readBindings(withInner(objects, charts), readGrants(objects, charts), clusters));

const known = new Interned<readonly Binding[]>();
