import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PlainObject } from './object-set';
import { described } from '../../private/props/check-props';
import { IKubernetesChart } from '../kubernetes-chart-interface';

/** Refuses a chart of the CDK app, which cdk8s cannot render. What has no scope, such as a lambda of another language, passes. */
export function checkChart(chart: IKubernetesChart): void {
  if (Construct.isConstruct(chart) && App.isApp(chart.node.root)) {
    throw new Error(`chart ${chart.node.path} is part of the CDK app, but must be in a cdk8s app: new cdk8s.Chart(new cdk8s.App(), …)`);
  }
}

/** What charts return. */
export interface RenderedCharts {
  readonly objects: PlainObject[];
  /** An error for each chart that returns something else than a list of objects. */
  readonly errors: string[];
}

/** Renders charts. Errors are not thrown: the CDK first renders them while it searches for references, where it would hide the message. */
export function renderCharts(charts: readonly IKubernetesChart[]): RenderedCharts {
  const all = charts.map(render);
  return { objects: all.flatMap(({ objects }) => objects), errors: all.flatMap(({ errors }) => errors) };
}

function render(chart: IKubernetesChart, i: number): RenderedCharts {
  const result: unknown = chart.toJson();
  const error = (returned: string) => `charts[${i}].toJson() returned ${returned}, but must return a list of Kubernetes objects as plain data`;
  if (!Array.isArray(result)) {
    return { objects: [], errors: [error(described(result))] };
  }
  const [construct] = result.filter(Construct.isConstruct); // such as those of chart.apiObjects, which the CDK cannot resolve
  return construct ? { objects: [], errors: [error(`a list with ${described(construct)}`)] } : { objects: result, errors: [] };
}
