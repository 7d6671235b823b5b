import { Command } from 'commander';
import { accessTable } from './access-table';
import { answersOf, answersText } from './answers';
import { AssumptionOptions, assumptionsOf } from './assumptions';
import { baselineMisuse, BaselineOptions } from './baseline/baseline-options';
import { showBaseline } from './baseline/show-baseline';
import { diffMarkdown } from './diff-markdown';
import { diffText } from './diff-text';
import { EXIT } from './exit-codes';
import { Io } from './io';
import { json } from './json';
import { questionOf } from './question';
import { AccessDiff } from '../verification/access-diff';
import { PodAccess } from '../verification/pod-access';

interface Options extends AssumptionOptions, BaselineOptions {
  readonly can?: string[];
  readonly diff?: boolean;
  readonly failOnBroadening?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly undocumentedAction?: boolean;
}

const EXAMPLES = `
Examples:
  cdk-irsa access cdk.out
  cdk-irsa access cdk.out --can 's3:GetObject on arn:aws:s3:::reports/2025.csv'
  cdk-irsa access --diff main/cdk.out cdk.out --markdown --fail-on-broadening
  cdk-irsa access cdk.out --baseline access.txt

A resource with a generated name has no ARN before the deployment, so --can cannot name it.
Set its name, ask in a unit test with PodAccess, or omit the ARN to ask
whether it is allowed on any resource.`;

/** `cdk-irsa access`, which gives its exit code to `exit`. */
export function accessCommand(io: Io, exit: (code: number) => void): Command {
  const command: Command = new Command('access')
    .summary('show which pod can do what')
    .description('Shows which pod can do what, read from the templates of a cloud assembly. It deploys nothing and does not call AWS.')
    .argument('<folders...>', 'a cloud assembly, such as cdk.out; with --diff the old one and the new one')
    .option('--can <request>', 'list who can do this: an action, or "<action> on <ARN>"', collect)
    .option('--assume-no-resource-policy <ARN>', 'with --can: a resource outside the templates that has no resource policy; can be repeated', collect)
    .option('--assume-changes-nothing <place>', 'a part that is not read, by the place that its finding names, changes no access; can be repeated', collect)
    .option('--assume-parameter <name=value>', 'the value of a parameter of the templates; can be repeated', collect)
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
    .option('--json', 'write JSON')
    .option('--markdown', 'with --diff or --baseline: write Markdown, for a pull request')
    .addHelpText('after', EXAMPLES)
    .action((folders: string[], options: Options) => {
      const wrong = misuse(folders, options);
      if (wrong) {
        command.error(wrong);
      }
      exit(options.diff ? showDifferences(folders, options, io) : showAccess(folders[0], options, io));
    });
  return command;
}

const collect = (value: string, others: string[] = []) => [...others, value];

/** Why the options do not fit together, or undefined if they do. commander checks each option alone. */
function misuse(folders: string[], options: Options): string | undefined {
  const { assumeNoResourcePolicy, assumeParameter, can, diff, failOnBroadening, markdown, undocumentedAction, json: asJson } = options;
  const { baseline, writeBaseline } = options;
  const rules: Array<[boolean | undefined, string]> = [
    [diff && folders.length !== 2, `--diff takes two folders, the old one and the new one, but got ${folders.length}`],
    [!diff && folders.length !== 1, `access takes one folder, but got ${folders.length}: to compare two, add --diff`],
    [diff && can !== undefined, '--can cannot be used with --diff'],
    [can !== undefined && can.length > 1, `--can takes one request, but got ${can?.length}: run the command for each`],
    [can === undefined && assumeNoResourcePolicy !== undefined, '--assume-no-resource-policy needs --can'],
    [can === undefined && undocumentedAction, '--undocumented-action needs --can'],
    [diff && assumeParameter !== undefined, '--assume-parameter cannot be used with --diff, which compares the outcomes of all values of parameters'],
    [!diff && failOnBroadening, '--fail-on-broadening needs --diff'],
    [!diff && baseline === undefined && markdown, '--markdown needs --diff or --baseline'],
    [diff && baseline !== undefined, '--baseline cannot be used with --diff: it takes the place of the old folder'],
    [can !== undefined && baseline !== undefined, '--baseline cannot be used with --can'],
    ...baselineMisuse(options),
    [writeBaseline && (markdown || asJson), `--${markdown ? 'markdown' : 'json'} cannot be used with --write-baseline`],
    [markdown && asJson, '--json cannot be used with --markdown'],
  ];
  return rules.find(([isBroken]) => isBroken)?.[1];
}

function showAccess(folder: string, options: Options, io: Io): number {
  const assumptions = assumptionsOf(options);
  const question = options.can && questionOf(options.can[0]);
  const access = PodAccess.fromAssembly(folder).assume(assumptions);
  if (options.baseline !== undefined) {
    return showBaseline(access, options.baseline, options, options.json ? 'json' : options.markdown ? 'markdown' : 'text', io);
  }
  const assumed = access._assumed;
  if (question) {
    const answers = answersOf(access, question, options.undocumentedAction);
    const { noResourcePolicy = [] } = assumptions;
    io.out(options.json ? json({ ...question, noResourcePolicy, assumed, answers }) : answersText(answers, question, assumed));
  } else {
    const rows = access.principals.map(({ row }) => row);
    io.out(options.json ? json({ rows, findings: access.findings, assumed }) : accessTable(rows, access.findings, assumed));
  }
  return EXIT.fine;
}

/** What changes nothing can be in one of the two only. */
function comparedSides(folders: string[], options: Options): PodAccess[] {
  const { changesNothing = [], ...others } = assumptionsOf(options);
  const sides = folders.map((folder) => PodAccess.fromAssembly(folder));
  const isInNeither = (place: string) => !sides.some(({ _unreadPlaces }) => _unreadPlaces.includes(place));
  const placesOf = ({ _unreadPlaces }: PodAccess) => changesNothing.filter((place) => _unreadPlaces.includes(place) || isInNeither(place));
  return sides.map((side) => side.assume({ ...others, changesNothing: placesOf(side) }));
}

function showDifferences(folders: string[], options: Options, io: Io): number {
  const [before, after] = comparedSides(folders, options);
  const assumed = after._assumed;
  const diff = AccessDiff.between(before, after);
  const { broadens, changes } = diff;
  io.out(options.json ? json({ broadens, changes, assumed }) : options.markdown ? diffMarkdown(diff, assumed) : diffText(diff, assumed));
  return options.failOnBroadening && broadens ? EXIT.broadened : EXIT.fine;
}
