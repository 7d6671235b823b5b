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

export function shapeOf(line: Line): string {
  const { start, end, gaps, hidden, isArc } = line;
  if (hidden !== undefined) {
    return stub(line);
  }
  if (isArc) {
    return `M${start.x},${start.y} C${start.x + ARC_WIDTH},${start.y} ${end.x + ARC_WIDTH},${end.y} ${end.x},${end.y}`;
  }
  const points = [start, ...gaps.flatMap(({ left, right, y }) => [{ x: left, y }, { x: right, y }]), end];
  return points.slice(1).reduce((shape, point, i) => `${shape} ${i % 2 === 0 ? curve(points[i], point) : `L${point.x},${point.y}`}`, `M${start.x},${start.y}`);
}

/** Where the label of a line is. */
export function middleOf({ start, end, gaps, isArc }: Line): Point {
  const last = gaps.length === 0 ? end : { x: gaps[0].left, y: gaps[0].y };
  return { x: (start.x + last.x) / 2 + (isArc ? ARC_WIDTH * 0.75 : 0), y: (start.y + last.y) / 2 };
}

/** How wide a label can be. */
export function spaceOf({ start, end, gaps, isArc }: Line): number {
  return isArc ? 2 * ARC_WIDTH : (gaps.length === 0 ? end.x : gaps[0].left) - start.x;
}

function curve(from: Point, to: Point): string {
  const bend = Math.max(24, (to.x - from.x) / 2);
  return `C${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`;
}

/** A short line from the end that is visible towards the other one. */
function stub({ start, end, hidden }: Line): string {
  const [visible, other] = hidden === 'start' ? [end, start] : [start, end];
  const [x, y] = [hidden === 'start' ? -STUB_LENGTH : STUB_LENGTH, other.y < visible.y ? -STUB_LENGTH : STUB_LENGTH];
  return `M${visible.x},${visible.y} c${x / 2},0 ${x},${y / 4} ${x},${y}`;
}
