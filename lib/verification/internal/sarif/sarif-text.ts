import { Alert, AlertRule } from './alert';
import { fingerprintsOf } from './fingerprints';
import { folderInRepository, sourceLine } from './source-location';
import { AccessPlace } from '../../access-reason';
import { nameOfPlace } from '../../private/findings/gap';
import { packageVersion } from '../package-version';
import { escapedJson, printable } from '../printable';

/** The name of the tool in all analyses. */
export const TOOL = 'cdk-irsa';

const REPOSITORY = 'https://github.com/cdk-irsa/cdk-irsa';

/**
 * Alerts as SARIF 2.1.0, which code scanning of GitHub shows.
 *
 * @param category tells several analyses of an app apart, because each replaces the former one of its category and folder.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifText(category: string, alerts: readonly Alert[]): string {
  const rules = [...new Map(alerts.map(({ rule }) => [rule.id, rule])).values()];
  const fingerprints = fingerprintsOf(alerts);
  return escapedJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: TOOL, semanticVersion: packageVersion(), informationUri: REPOSITORY, rules: rules.map(ruleOf) } },
      automationDetails: { id: analysisId(category) },
      originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
      columnKind: 'utf16CodeUnits',
      results: alerts.map((alert, i) => ({
        ruleId: alert.rule.id,
        ruleIndex: rules.findIndex(({ id }) => id === alert.rule.id),
        level: alert.rule.level,
        message: { text: messageText(alert) },
        locations: [locationOf(alert)],
        partialFingerprints: { primaryLocationLineHash: fingerprints[i] }, // the only one that GitHub reads
      })),
    }],
  });
}

/** What identifies the analyses of a category, for the app in the folder in which the program runs. */
export const analysisId = (category: string): string => `${[TOOL, category, folderInRepository()].filter(Boolean).join('/')}/`;

const ruleOf = ({ id, level, title, why, fix, guide }: AlertRule) => ({
  id,
  name: id.replace(/(?:^|\W)(\w)/g, (_, letter: string) => letter.toUpperCase()),
  shortDescription: { text: sentence(title) },
  fullDescription: { text: why },
  help: { text: sentence(fix) },
  helpUri: `${REPOSITORY}/blob/main/docs/${guide}`,
  defaultConfiguration: { level },
  properties: { tags: ['security'] },
});

const sentence = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}.`;

/** The template is named because it is in no location. What templates name cannot become a link. */
const messageText = ({ message, place }: Alert): string =>
  printable(place ? `${message} At ${placeWords(place)}.` : message).replaceAll('](', '] (');

const placeWords = ({ constructPath, logicalId, nestedStack, template, path }: AccessPlace): string =>
  [(nestedStack === undefined ? constructPath : undefined) ?? logicalId, ...(path === undefined ? [] : [path]), `in ${nestedStack ?? template}`].join(', ');

function locationOf({ place, creationStack }: Alert) {
  const { uri, line } = sourceLine(creationStack);
  return {
    physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: { startLine: line } },
    ...place && { logicalLocations: [{ name: printable(place.logicalId), fullyQualifiedName: printable(nameOfPlace(place)), kind: 'resource' }] },
  };
}
