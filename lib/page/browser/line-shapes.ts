export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line from one row to another. */
export interface Line {
  readonly edge: number;
  readonly start: Point;
  readonly end: Point;
  /** Where the line crosses columns between its ends: through the gaps of their rows, so that it does not seem to begin there. */
  readonly gaps: readonly Gap[];
  /** The end that is out of sight, if one is: then the line stands for all that go there. */
  readonly hidden?: 'start' | 'end';
  /** Whether both ends are in the same column. */
  readonly isArc: boolean;
}

export interface Gap {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

const STUB_LENGTH = 22;
const ARC_WIDTH = 44;

/** A cubic Bézier curve: where it begins, what it bends towards, and where it ends. */
export type Curve = readonly [start: Point, towards: Point, from: Point, end: Point];

/** The curves of a line between columns, from its start to its end. It crosses the columns between them straight. */
export function curvesOf(line: Line): readonly Curve[] {
  const { start, end, gaps, hidden, isArc } = line;
  if (hidden !== undefined) {
    return [stub(line)];
  }
  if (isArc) {
    return [[start, { x: start.x + ARC_WIDTH, y: start.y }, { x: end.x + ARC_WIDTH, y: end.y }, end]];
  }
  const starts = [start, ...gaps.map(({ right, y }) => ({ x: right, y }))];
  const ends = [...gaps.map(({ left, y }) => ({ x: left, y })), end];
  return starts.map((from, i) => curve(from, ends[i]));
}

export function shapeOf(curves: readonly Curve[]): string {
  return curves.map(([start, ...others], i) => `${i === 0 ? 'M' : 'L'}${start.x},${start.y} C${others.map(({ x, y }) => `${x},${y}`).join(' ')}`).join(' ');
}

/** Where a curve is, from 0 at its start to 1 at its end. */
export function pointOn([start, towards, from, end]: Curve, place: number): Point {
  const left = 1 - place;
  const at = (axis: keyof Point) => left ** 3 * start[axis] + 3 * left ** 2 * place * towards[axis]
    + 3 * left * place ** 2 * from[axis] + place ** 3 * end[axis];
  return { x: at('x'), y: at('y') };
}

function curve(from: Point, to: Point): Curve {
  const bend = Math.max(24, (to.x - from.x) / 2);
  return [from, { x: from.x + bend, y: from.y }, { x: to.x - bend, y: to.y }, to];
}

/** A short line from the end that is visible towards the other one. */
function stub({ start, end, hidden }: Line): Curve {
  const [visible, other] = hidden === 'start' ? [end, start] : [start, end];
  const [x, y] = [hidden === 'start' ? -STUB_LENGTH : STUB_LENGTH, other.y < visible.y ? -STUB_LENGTH : STUB_LENGTH];
  const at = (right: number, down: number) => ({ x: visible.x + right, y: visible.y + down });
  return [visible, at(x / 2, 0), at(x, y / 4), at(x, y)];
}
