import { Command, Option } from 'commander';
import { answersReport, askedOf, QuestionOptions } from './answers';
import { AssumptionOptions, assumed, assumptionsOf, forCommand, isNamedFor } from './assumptions';
import { baselineMisuse, BaselineOptions } from './baseline/baseline-options';
import { baselineReport } from './baseline/checked-baseline';
import { writeBaseline } from './baseline/write-baseline';
import { EXIT } from './exit-codes';
import { Format, FORMATS } from './formats/formats';
import { Subject } from './formats/subject';
import { quotedRequest } from './hints';
import { Io } from './io';
import { AccessReport, DiffReport, Report } from './reports';
import { PLAIN } from './style';
import { AccessDiff } from '../verification/access-diff';
import { AccessFinding } from '../verification/access-reason';
import { PodAccess } from '../verification/pod-access';
import { PrincipalAccess } from '../verification/principal-access';

interface Options extends AssumptionOptions, BaselineOptions, QuestionOptions {
  readonly cluster?: string;
  readonly diff?: boolean;
  readonly failOnBroadening?: boolean;
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  cdk-irsa access cdk.out
  cdk-irsa access cdk.out --can 's3:GetObject on arn:aws:s3:::reports/2025.csv'
  cdk-irsa access cdk.out --can 's3:GetObject on MyStack/Reports/*'
  cdk-irsa access --diff main/cdk.out cdk.out --format markdown --fail-on-broadening
  cdk-irsa access cdk.out --baseline access.txt
  cdk-irsa access cdk.out --format html > access.html

Name a resource with a generated name by the path of its construct or by its logical ID. Without a
resource, --can asks whether the action is allowed on any resource.`;

/** `cdk-irsa access`, which gives its exit code to `exit`. */
export function accessCommand(io: Io, exit: (code: number) => void): Command {
  const command: Command = new Command('access')
    .summary('show which pod can do what')
    .description('Shows which pod can do what, read from the templates of a cloud assembly. It deploys nothing and does not call AWS.')
    .argument('<folders...>', 'a cloud assembly, such as cdk.out; with --diff the old one and the new one')
    .option('--can <request>', 'list who can do this: an action, or "<action> on <resource>"', collect)
    .option('--context <key=value>', 'with --can: the value of a condition key of the request; can be repeated', collect)
    .option('--cluster <cluster>', 'only those who are in a cluster, or might be; give its name, logical ID or ARN, or the path of its construct')
    .option('--assume-resource-without-policy <ARN>', 'with --can: a resource outside the templates that has no resource policy; can be repeated', collect)
    .option('--assume-changes-nothing <place>', 'a part that is not read, or a request, as its finding or an answer names it, changes no access; can be repeated', collect)
    .option('--assume-parameter <name=value>', PARAMETER, collect)
    .option('--assume-no-other-nodes', 'the clusters have no nodes but those in the templates')
    .option('--assume-no-other-credentials', 'pods have no credentials but those of their service account and their node')
    .option('--assume-oidc-providers-exist', 'IAM OIDC providers exist that trust policies name and no template creates')
    .option('--assume-unread-parts-change-nothing', 'macros, loops and other parts of the templates that cannot be read change no access')
    .option('--undocumented-action', 'with --can: AWS has added the action after this version was released')
    .option('--diff', 'show who gained and who lost what between two assemblies')
    .option('--fail-on-broadening', `with --diff: exit with ${EXIT.broadened} if somebody gained access, or might have gained it`)
    .option('--baseline <file>', `compare with the access that this file lists, and exit with ${EXIT.notApproved} if it is not the same`)
    .option('--write-baseline', 'with --baseline: write all access into the file, and keep its reasons')
    .option('--approved <file>', 'with --baseline: show what changes in the file from this version of it, such as that of the target branch')
    .addOption(new Option('--format <format>', 'how to write the report: json for programs, markdown for pull requests, sarif for code scanning, html for a page to look at')
      .choices(Object.keys(FORMATS)).default('text'))
    .addHelpText('after', EXAMPLES)
    .action((folders: string[], options: Options) => {
      const wrong = misuse(folders, options);
      if (wrong) {
        command.error(wrong);
      }
      if (options.baseline !== undefined && options.writeBaseline) {
        io.out(writeBaseline(options.baseline, assumed(PodAccess.fromAssembly(folders[0]), assumptionsOf(options))));
        exit(EXIT.fine);
        return;
      }
      const { report, ...subject } = options.diff ? differences(folders, options) : reportOn(folders[0], options);
      io.out(FORMATS[options.format](report, io.style ?? PLAIN, subject));
      exit(exitCode(report, options));
    });
  return command;
}

function exitCode(report: Report, { failOnBroadening }: Options): number {
  switch (report.report) {
    case 'diff': return failOnBroadening && report.broadens ? EXIT.broadened : EXIT.fine;
    case 'baseline': return report.isFine ? EXIT.fine : EXIT.notApproved;
    default: return EXIT.fine;
  }
}

const collect = (value: string, others: string[] = []) => [...others, value];

/** Why the options do not fit together, or undefined if they do. commander checks each option alone. */
function misuse(folders: string[], options: Options): string | undefined {
  const { assumeResourceWithoutPolicy, can, cluster, context, diff, failOnBroadening, undocumentedAction } = options;
  const { baseline, format, writeBaseline: isWritten } = options;
  const quoted = can && quotedRequest(can[0], folders);
  const rules: Array<[boolean | undefined, string]> = [
    [diff && can !== undefined, '--can cannot be used with --diff'],
    [diff && folders.length !== 2, `--diff takes two folders, the old one and the new one, but got ${folders.length}`],
    [can !== undefined && folders.length > 1 && quoted !== undefined, `the shell has split the request, quote it: ${quoted}`],
    [!diff && folders.length !== 1, `access takes one folder, but got ${folders.length}: to compare two, add --diff`],
    [can !== undefined && can.length > 1, `--can takes one request, but got ${can?.length}: run the command for each`],
    [can === undefined && assumeResourceWithoutPolicy !== undefined, '--assume-resource-without-policy needs --can'],
    [can === undefined && context !== undefined, '--context needs --can'],
    [diff && cluster !== undefined, '--cluster cannot be used with --diff'],
    [can === undefined && undocumentedAction, '--undocumented-action needs --can'],
    [!diff && failOnBroadening, '--fail-on-broadening needs --diff'],
    [diff && baseline !== undefined, '--baseline cannot be used with --diff: it takes the place of the old folder'],
    [can !== undefined && baseline !== undefined, '--baseline cannot be used with --can'],
    [cluster !== undefined && baseline !== undefined, '--cluster cannot be used with --baseline, which lists all access'],
    ...baselineMisuse(options),
    [can !== undefined && format === 'sarif', '--format sarif cannot be used with --can: the answer to a question is no alert'],
    [cluster !== undefined && format === 'sarif', '--format sarif cannot be used with --cluster: an upload replaces the alerts about all clusters of the app'],
    [can !== undefined && format === 'html', '--format html cannot be used with --can: the page shows all access, with the commands for exact questions'],
    [!isWritten && baseline !== undefined && format === 'html', '--format html cannot be used with --baseline: for a pull request, use --format markdown'],
    [isWritten && format !== 'text', '--format cannot be used with --write-baseline'],
  ];
  return rules.find(([isBroken]) => isBroken)?.[1];
}

/** A report, and what it is about. */
interface Reported extends Subject { readonly report: Report }

function reportOn(folder: string, options: Options): Reported {
  const assumptions = assumptionsOf(options);
  const asked = askedOf(options);
  const access = assumed(PodAccess.fromAssembly(folder), assumptions);
  const graph = () => access._internal.graph(folder, options.cluster);
  if (options.baseline !== undefined) {
    return { report: baselineReport(access, options.baseline, options.approved), access, graph };
  }
  const principals = options.cluster === undefined ? access.principals : access._internal.principalsOf(options.cluster);
  return { report: asked ? answersReport(access, principals, asked, assumptions) : accessReport(access, principals), access, graph };
}

const findingsForCommand = (findings: readonly AccessFinding[]): AccessFinding[] =>
  findings.map((finding) => ({ ...finding, message: forCommand(finding.message) }));

const accessReport = ({ findings, _internal: { assumed: sentences } }: PodAccess, principals: readonly PrincipalAccess[]): AccessReport => ({
  report: 'access',
  rows: principals.map(({ name, row }) => ({ who: name, ...row, findings: findingsForCommand(row.findings) })),
  findings: findingsForCommand(findings),
  assumed: sentences,
});

/** What changes nothing, and parameters, can be in one of the two only. */
function comparedSides(folders: string[], options: Options): PodAccess[] {
  const sides = folders.map((folder) => PodAccess.fromAssembly(folder));
  const isInNeither = (place: string) => !sides.some(({ _internal }) => _internal.unreadPlaces.includes(place));
  return sides.map((side, i) => {
    const name = SIDES[i];
    const { changesNothing = [], parameters = {}, ...others } = assumptionsOf(options, name);
    const isMissing = (parameter: string) => !side._internal.parameters.includes(parameter) && !isNamedFor(name, parameter, options)
      && sides.some(({ _internal }) => _internal.parameters.includes(parameter));
    return assumed(side, {
      ...others,
      parameters: Object.fromEntries(Object.entries(parameters).filter(([parameter]) => !isMissing(parameter))),
      changesNothing: changesNothing.filter((place) => side._internal.unreadPlaces.includes(place) || isInNeither(place)),
    });
  });
}

const SIDES = ['old', 'new'] as const;

const PARAMETER = 'the value of a parameter, in one template with <template>/name=value; '
  + 'with --diff, in both assemblies, or in one: old:name=value, new:name=value; can be repeated';

/** What is assumed about both assemblies, and about one of them. */
function assumedOfSides([before, after]: readonly PodAccess[], options: Options): string[] {
  const [old, now] = [before._internal.assumed, after._internal.assumed];
  const differs = (what: string) => before._internal.parameters.some((parameter) => what === before._internal.assumedOf(parameter)
    && SIDES.every((side) => isNamedFor(side, parameter, options)));
  return [
    ...now.map((what) => (old.includes(what) ? `${what}${differs(what) ? ', another one in each assembly' : ''}` : `${what}, in the new assembly`)),
    ...old.filter((what) => !now.includes(what)).map((what) => `${what}, in the old assembly`),
  ];
}

function differences(folders: string[], options: Options): Reported {
  const [before, after] = comparedSides(folders, options);
  const { broadens, changes } = AccessDiff.between(before, after);
  const report: DiffReport = { report: 'diff', broadens, changes, assumed: assumedOfSides([before, after], options) };
  return { report, access: after, graph: () => after._internal.comparedGraph(before._internal, report, folders) };
}
