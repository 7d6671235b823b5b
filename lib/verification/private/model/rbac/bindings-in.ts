import { Model } from '../model';
import { Binding, readBindings } from './bindings';
import { readChartGrants } from './chart-grants';
import { readGrants } from './grants';
import { bindingsOfControllers } from './system-controllers';
import { Interned } from '../../values/interned';
import { withInner } from '../objects/inner-objects';

/** The bindings of the templates, which are read once. */
export const bindingsIn = ({ objects, charts, clusters }: Pick<Model, 'objects' | 'charts' | 'clusters'>): readonly Binding[] =>
  known.of([objects, charts, clusters], () => {
    const grants = [...readGrants(objects, charts), ...readChartGrants(objects, charts)];
    return readBindings(withInner(objects, charts), grants, clusters);
  });

/** With those of Kubernetes itself. */
export const allBindingsIn = (model: Pick<Model, 'objects' | 'charts' | 'clusters'>): readonly Binding[] =>
  all.of([model.objects, model.charts, model.clusters], () => [...bindingsIn(model), ...bindingsOfControllers(model.clusters)]);

const known = new Interned<readonly Binding[]>();

const all = new Interned<readonly Binding[]>();
