import Ajv from 'ajv';

/** An analysis, as far as tests read it. */
export interface Analysis {
  readonly tool: { readonly driver: { readonly rules: ReadonlyArray<{ readonly id: string; readonly [text: string]: any }> } };
  readonly automationDetails: { readonly id: string };
  readonly results: readonly Result[];
}

export interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: ReadonlyArray<{
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number } };
    readonly logicalLocations?: ReadonlyArray<{ readonly fullyQualifiedName: string }>;
  }>;
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

const object = (properties: { readonly [name: string]: object }, ...optional: string[]) =>
  ({ type: 'object', properties, required: Object.keys(properties).filter((name) => !optional.includes(name)), additionalProperties: false });
const list = (items: object) => ({ type: 'array', items });
const line = { type: 'string', minLength: 1, maxLength: 10_000, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e]*$' };
const sentences = { ...line, maxLength: 1024, pattern: '^[A-Z].*\\.$' };
const level = { enum: ['error', 'warning', 'note'] };

/** What the library writes of SARIF 2.1.0, with all that code scanning of GitHub requires, and nothing else. */
const SCHEMA = object({
  $schema: { const: 'https://json.schemastore.org/sarif-2.1.0.json' },
  version: { const: '2.1.0' },
  runs: {
    minItems: 1,
    maxItems: 1,
    ...list(object({
      tool: object({
        driver: object({
          name: { const: 'cdk-irsa' },
          semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
          informationUri: { type: 'string', pattern: '^https://' },
          rules: list(object({
            id: { type: 'string', pattern: '^(finding/)?[a-z]+(-[a-z]+)*$' },
            name: { type: 'string', pattern: '^([A-Z][a-z]+)+$' },
            shortDescription: object({ text: sentences }),
            fullDescription: object({ text: sentences }),
            help: object({ text: sentences }),
            helpUri: { type: 'string', pattern: '^https://github\\.com/cdk-irsa/cdk-irsa/blob/main/docs/[a-z-]+\\.md#[a-z-]+$' },
            defaultConfiguration: object({ level }),
            properties: object({ tags: { const: ['security'] } }),
          })),
        }),
      }),
      automationDetails: object({ id: { type: 'string', pattern: '^cdk-irsa(/[\\w-]+)+/$' } }),
      originalUriBaseIds: object({ '%SRCROOT%': object({ description: object({ text: sentences }) }) }),
      columnKind: { const: 'utf16CodeUnits' },
      results: list(object({
        ruleId: { type: 'string' },
        ruleIndex: { type: 'integer', minimum: 0 },
        level,
        message: object({ text: { ...line, not: { pattern: '\\]\\(' } } }),
        locations: {
          minItems: 1,
          maxItems: 1,
          ...list(object({
            physicalLocation: object({
              artifactLocation: object({ uri: { type: 'string', pattern: '^(?!/|\\.\\.?/)[\\w.()!~*\'%/-]+$' }, uriBaseId: { const: '%SRCROOT%' } }),
              region: object({ startLine: { type: 'integer', minimum: 1 } }),
            }),
            logicalLocations: { minItems: 1, maxItems: 1, ...list(object({ name: line, fullyQualifiedName: line, kind: { const: 'resource' } })) },
          }, 'logicalLocations')),
        },
        partialFingerprints: object({ primaryLocationLineHash: { type: 'string', pattern: '^[0-9a-f]{32}:\\d+$' } }),
      })),
    })),
  },
});

const fits = new Ajv().compile(SCHEMA);

/** The analysis of a file, which must be what code scanning reads. */
export function analysisIn(text: string): Analysis {
  const log = JSON.parse(text);
  expect(fits(log) ? [] : fits.errors).toEqual([]);
  const [run]: [Analysis] = log.runs;
  const { tool: { driver: { rules } }, results } = run;
  expect(results.map(({ ruleIndex }) => rules[ruleIndex]?.id)).toEqual(results.map(({ ruleId }) => ruleId));
  const fingerprints = results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
  return run;
}

/** Each result on a line: its level and rule, its file and line, and its resource. */
export const resultLines = ({ results }: Analysis): string[] => results.map(
  ({ ruleId, level: of, locations: [{ physicalLocation, logicalLocations = [] }] }) =>
    [of, ruleId, `${physicalLocation.artifactLocation.uri}:${physicalLocation.region.startLine}`, ...logicalLocations.map(({ fullyQualifiedName }) => fullyQualifiedName)].join(' '));

export const fingerprintsIn = ({ results }: Analysis): string[] =>
  results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
