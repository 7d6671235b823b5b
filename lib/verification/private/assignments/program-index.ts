import { Program } from '../model/program';
import { addTo } from '../values/add-to';
import { Interned } from '../values/interned';
import { Text } from '../values/text';

/** What runs code with a role, by its ARN and by the requests with which others run their own code with this role. */
export class ProgramIndex {
  /** The same object for all assignments of the conditions under which the programs are the same. */
  static of(programs: readonly Program[]): ProgramIndex {
    return known.of([programs], () => new ProgramIndex(programs));
  }

  private readonly byArn = new Map<string, Program[]>();
  private readonly byTakeover = new Map<string, Program[]>();

  /** Those of which others may change what they run. */
  readonly withCode: readonly Program[];

  /** The requests with which they do. */
  readonly writes: readonly string[];

  /** The requests with which others run their own code with the role of a program. */
  readonly takeovers: readonly string[];

  private constructor(readonly all: readonly Program[]) {
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
