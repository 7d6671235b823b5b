import { propertiesWhere } from './properties-with-roles';
import { writesOfObjectsIn } from '../../../lib/verification/private/model/code/object-locations';
import { fromJson } from '../../../lib/verification/private/values/from-json';

const BUCKET = /\.\w*Bucket(Name|Arn|ARN)?$/;

/** The objects with a bucket and a property `Prefix`. */
const [buckets, prefixes] = [BUCKET, /\.Prefix$/].map((names) => new Set(propertiesWhere((path) => names.test(`.${path.join('.')}`)).map((property) => property.replace(/\.\w+$/, ''))));
const both = [...prefixes].filter((property) => buckets.has(property));

/** Whether the prefix counts as the key of code. */
function isCode(property: string): boolean {
  const path = property.split(' ')[1].split('.');
  const value = path.reduceRight<object>((inner, name) => ({ [name]: inner }), { Bucket: 'code', Prefix: 'it.zip' });
  return writesOfObjectsIn(fromJson(value)).length > 0;
}

test('a prefix is about data, except that of a runtime of Amazon Bedrock AgentCore', () => {
  // If AWS adds another one, see in its documentation what is there. If it is code, lib/verification/private/model/deployment/object-locations.ts has to find it.
  expect(both.filter(isCode)).toEqual(['AWS::BedrockAgentCore::Runtime AgentRuntimeArtifact.CodeConfiguration.Code.S3']);
  expect(both.filter((property) => !isCode(property) && !/analytics|backup|delivery|destination|input|inventory|logg?|output|recording|report/i.test(property))).toEqual([]);
});
