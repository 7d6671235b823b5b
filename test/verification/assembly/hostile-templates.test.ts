import * as fc from 'fast-check';
import APP from './app.json';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { assignmentsOf, WHOLE } from '../../../lib/verification/private/resolution/assignments-of';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';

/** Each place in the templates, as a path of keys. */
function placesIn(value: any, path: string[] = []): string[][] {
  return typeof value !== 'object' || value === null ? [path] : [path, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]))];
}

const PLACES = placesIn(APP).filter((path) => path.length > 1);

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'x', 0, true, [], {}, [null], { '': null }, { __proto__: 1 }),
  fc.constantFrom('Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::If', 'Fn::FindInMap', 'Fn::Base64', 'Fn::ImportValue', 'Fn::GetStackOutput',
    'Fn::ToJsonString', 'Fn::Length', 'Fn::Cidr', 'Fn::GetAZs', 'Fn::Equals', 'Fn::Not', 'Fn::And', 'Condition', 'Fn::Transform', 'constructor', 'toString')
    .chain((name) => fc.constantFrom<unknown>(null, '', 'constructor', 'Bucket', 'Bucket.Arn', [], [null], [null, null], ['', ['a']], ['a', null, {}], {}, [{ Ref: 'Self' }, { Ref: 'Title' }])
      .map((argument) => ({ [name]: argument }))),
);

function replaced(path: readonly string[], value: unknown, inside: any): any {
  const [key, ...rest] = path;
  if (key === undefined) {
    return value;
  }
  const copy = Array.isArray(inside) ? [...inside] : { ...inside };
  copy[key] = replaced(rest, value, inside?.[key]);
  return copy;
}

test('any template is resolved, or refused with a clear error', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...PLACES), junk), { minLength: 1, maxLength: 4 }), (changes) => {
    const templates = changes.reduce((all, [path, value]) => replaced(path, value, all), APP as any);
    let assembly: Assembly;
    try {
      assembly = Assembly.fromTemplates(templates);
    } catch (error) {
      expect((error as Error).message).toMatch(/^\w+ is not a CloudFormation template: /);
      return;
    }
    for (const assignment of assignmentsOf(assembly, new Map([['AWS::S3::Bucket', WHOLE], ['Custom::AWSCDKCfnJson', WHOLE]]))) {
      const resolver = new Resolver(assembly, assignment);
      for (const template of assembly.templates) {
        resolver.resolve(template, [template.body.Resources, template.body.Outputs, Object.keys(template.body.Parameters).map((Ref) => ({ Ref }))]);
        Object.keys(template.body.Resources).forEach((logicalId) => resolver.exists(template, logicalId) && resolver.arnOf(template, logicalId));
      }
    }
  }), { numRuns: 1500 });
});
