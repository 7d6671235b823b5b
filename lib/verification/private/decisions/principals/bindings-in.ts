import { Model } from '../../model/model';
import { withInner } from '../../model/objects/inner-objects';
import { Binding, readBindings } from '../../model/rbac/bindings';
import { readGrants } from '../../model/rbac/grants';
import { Interned } from '../../values/interned';

/** The bindings of the templates, which are read once. */
export const bindingsIn = ({ objects, charts, clusters }: Pick<Model, 'objects' | 'charts' | 'clusters'>): readonly Binding[] =>
  known.of([objects, charts, clusters], () => readBindings(withInner(objects, charts), readGrants(objects, charts), clusters));

const known = new Interned<readonly Binding[]>();
