import { Program } from '../model/program';
import { Text } from '../values/text';

/** What runs code with a role, by its ARN and by the requests with which others run their own code with this role. */
export class ProgramIndex {
  private readonly byArn = new Map<string, Program[]>();
  private readonly byTakeover = new Map<string, Program[]>();

  /** Those of which others may change what they run. */
  readonly withCode: readonly Program[];

  /** The requests with which they do. */
  readonly writes: ReadonlySet<string>;

  constructor(programs: readonly Program[]) {
    this.withCode = programs.filter(({ code, roleArn, services }) => code.length > 0 && (roleArn ?? services) !== undefined);
    this.writes = new Set(this.withCode.flatMap(({ code }) => code.map(({ action }) => action)));
    for (const program of programs.filter(({ takeovers }) => takeovers.length > 0)) {
      program.arns.forEach((arn) => add(this.byArn, arn.key, program));
      program.takeovers.forEach(({ action }) => add(this.byTakeover, action, program));
    }
  }

  /** The requests with which others run their own code with the role of a program. */
  get takeovers(): Iterable<string> {
    return this.byTakeover.keys();
  }

  takenOverBy(action: string): readonly Program[] {
    return this.byTakeover.get(action) ?? [];
  }

  /** The programs that certainly have an ARN. */
  withArn(arn: Text): readonly Program[] | undefined {
    return this.byArn.get(arn.key);
  }
}

function add(programs: Map<string, Program[]>, key: string, program: Program): void {
  const others = programs.get(key);
  if (others) {
    others.push(program);
  } else {
    programs.set(key, [program]);
  }
}
