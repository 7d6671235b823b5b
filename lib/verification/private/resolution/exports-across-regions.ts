import { isLeftOut } from './intrinsics/stack-outputs';
import { Exports, Scope } from './scope';
import { isObject, Template } from '../assembly/template';
import { addTo } from '../values/add-to';
import { Resolved } from '../values/resolved';

export const READER = 'Custom::CrossRegionExportReader';
const WRITER = 'Custom::CrossRegionExportWriter';

/**
 * The value that a stack of aws-cdk gets from a stack in another Region by the name of a parameter in its own Region; undefined if no template shows it.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib-readme.html#accessing-resources-in-a-different-stack-and-region
 */
export function exportedAcrossRegions(scope: Scope, name: string): Resolved {
  const { account, region } = scope.template;
  const all = account && region ? exportsTo(scope, account, region).get(name) ?? [] : [];
  const exporting = all.filter(({ template, output }) => !isLeftOut(scope.in(template), template.body.Resources[output]));
  const [only] = exporting;
  return exporting.length === 1 ? scope.in(only.template).once(`the export ${name} of ${only.output}`, () =>
    scope.in(only.template).resolve(writtenBy(only.template, only.output)[name])) : undefined;
}

/** Each output is the logical ID of what writes it. */
const exportsTo = (scope: Scope, account: string, region: string): Exports => scope.exports(`${account} from other Regions to ${region}`, () => {
  const known: Exports = new Map();
  for (const template of scope.assembly.templates.filter((each) => each.account === account)) {
    for (const [output, { Type, Properties }] of Object.entries(template.body.Resources)) {
      for (const name of Type === WRITER && Properties?.WriterProps?.region === region ? Object.keys(writtenBy(template, output)) : []) {
        addTo(known, name, { template, output });
      }
    }
  }
  return known;
});

function writtenBy({ body }: Template, logicalId: string): { readonly [name: string]: unknown } {
  const { exports } = body.Resources[logicalId].Properties.WriterProps;
  return isObject(exports) ? exports : {};
}
