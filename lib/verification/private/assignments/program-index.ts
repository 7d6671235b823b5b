import { feedsOf, Senders } from './program-starts';
import { Program } from '../model/program';
import { addTo } from '../values/add-to';
import { Interned, sameList } from '../values/interned';
import { Text } from '../values/text';
import { ANY_RESOURCE } from '../values/wildcards';

/** A program of which everyone might decide what it does, through a service. */
export interface OpenProgram {
  readonly program: Program;
  readonly by: string;
}

/** What runs code with a role, by its ARN and by the requests with which others run their own code with this role. */
export class ProgramIndex {
  /** The same object for all assignments of the conditions under which the programs are the same. */
  static of(programs: readonly Program[], senders: Senders): ProgramIndex {
    if (programs.every(({ fedBy, openBy }) => fedBy === undefined && openBy === undefined)) {
      return known.of([programs], () => new ProgramIndex(programs, []));
    }
    const { events, resources, codeStores } = senders;
    return known.of([programs, events, codeStores, sameList(resources.filter(({ policies }) => policies.length > 0))], () => fed(programs, senders));
  }

  private readonly byArn = new Map<string, Program[]>();
  private readonly byTakeover = new Map<string, Program[]>();

  /** Those of which others may change what they run. */
  readonly withCode: readonly Program[];

  /** The requests with which they do. */
  readonly writes: readonly string[];

  /** The requests with which others run their own code with the role of a program. */
  readonly takeovers: readonly string[];

  /** @param open those of which everyone might decide what they do. */
  constructor(readonly all: readonly Program[], readonly open: readonly OpenProgram[]) {
    this.withCode = all.filter(({ code, roleArn, services }) => code.length > 0 && (roleArn ?? services) !== undefined);
    this.writes = [...new Set(this.withCode.flatMap(({ code }) => code.map(({ action }) => action)))];
    for (const program of all.filter(({ takeovers }) => takeovers.length > 0)) {
      program.arns.forEach((arn) => addTo(this.byArn, arn.key, program));
      program.takeovers.forEach(({ action }) => addTo(this.byTakeover, action, program));
    }
    this.takeovers = [...this.byTakeover.keys()];
  }

  takenOverBy(action: string): readonly Program[] {
    return this.byTakeover.get(action) ?? [];
  }

  /** The programs that certainly have an ARN. */
  withArn(arn: Text): readonly Program[] | undefined {
    return this.byArn.get(arn.key);
  }
}

const known = new Interned<ProgramIndex>();

/** What is sent to a program, possibly over several others, is a request about something else with which others decide what it does. */
function fed(programs: readonly Program[], senders: Senders): ProgramIndex {
  const open: OpenProgram[] = [];
  const all = programs.map((program) => {
    const feeds = program.fedBy ? feedsOf(program.fedBy, senders) : [];
    const by = program.openBy ?? feeds.find(({ action }) => action === undefined)?.by;
    open.push(...(by === undefined ? [] : [{ program, by }]));
    const code = feeds.flatMap(({ action, arn = ANY_RESOURCE }) => (action === undefined ? [] : [{ action, arn }]));
    return code.length === 0 ? program : { ...program, code: [...program.code, ...code] };
  });
  return new ProgramIndex(all, open);
}
