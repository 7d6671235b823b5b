import { Curve, Point, pointOn } from './line-shapes';

/** A label and the middle of where it is. */
export interface Label {
  readonly text: string;
  readonly middle: Point;
}

interface Drawn {
  readonly curves: readonly Curve[];
  /** Whether something is selected that the line has no part in. */
  readonly isFaint: boolean;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const HALF_HEIGHT = 7.5;
const CHARACTER_WIDTH = 6.4;
const CAPITAL_WIDTH = 8.6;
/** What arrows and crosses need at the ends of a curve. */
const MARGIN = 12;
/** Where a label can be on its curve: near where the line begins, first. */
const PLACES = Array.from({ length: 23 }, (_, i) => (i + 1) / 24);
/** Between two points of a line, so that no label fits between them. */
const STEP = 5;
const CELL = 24;

/** Finds places for labels: each on its own line, where it touches no other line and no other label, so that nobody takes it for the label of another one. */
export class LabelPlaces {
  private readonly cells = new Map<string, Array<Point & Drawn>>();
  private readonly taken: Box[] = [];

  constructor(lines: readonly Drawn[]) {
    lines.forEach(({ curves, isFaint }) => curves.forEach((curve) => {
      const [start, , , end] = curve;
      const steps = Math.ceil((Math.abs(end.x - start.x) + Math.abs(end.y - start.y)) * STRETCH / STEP);
      for (let i = 0; i <= steps; i += 1) {
        const point = { ...pointOn(curve, i / steps), curves, isFaint };
        const key = cellKey(Math.floor(point.x / CELL), Math.floor(point.y / CELL));
        const others = this.cells.get(key);
        others ? others.push(point) : this.cells.set(key, [point]);
      }
    }));
  }

  /** The first of the texts that has a place, or undefined. Only if there is none without, a label covers faint lines. */
  place(curves: readonly Curve[], texts: readonly string[]): Label | undefined {
    const labels = [false, true].flatMap((mayCoverFaint) => texts.map((text) => ({ text, mayCoverFaint })));
    for (const { text, mayCoverFaint } of labels) {
      for (const middle of middles(curves, widthOf(text))) {
        const box = boxAround(middle, widthOf(text));
        if (this.isFree(box, curves, mayCoverFaint)) {
          this.taken.push(box);
          return { text, middle };
        }
      }
    }
    return undefined;
  }

  private isFree(box: Box, own: readonly Curve[], mayCoverFaint: boolean): boolean {
    if (this.taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) {
      return false;
    }
    const isTouched = ({ x, y }: Point) => x > box.left && x < box.right && y > box.top && y < box.bottom;
    for (let column = Math.floor(box.left / CELL); column <= box.right / CELL; column += 1) {
      for (let row = Math.floor(box.top / CELL); row <= box.bottom / CELL; row += 1) {
        if (this.cells.get(cellKey(column, row))?.some((point) => point.curves !== own && !(mayCoverFaint && point.isFaint) && isTouched(point))) {
          return false;
        }
      }
    }
    return true;
  }
}

/** A curve is at its fastest twice as fast as on average. */
const STRETCH = 2;

/** Where a text of that width is between the ends of a curve. */
function middles(curves: readonly Curve[], width: number): Point[] {
  return curves.flatMap((curve) => {
    const [start, towards, , end] = curve;
    const [left, right] = [start.x + MARGIN / 4 + width / 2, Math.max(end.x - MARGIN - width / 2, towards.x)];
    return PLACES.map((place) => pointOn(curve, place)).filter(({ x }) => x > left && x < right);
  });
}

const boxAround = ({ x, y }: Point, width: number): Box =>
  ({ left: x - width / 2, right: x + width / 2, top: y - HALF_HEIGHT, bottom: y + HALF_HEIGHT });

const cellKey = (column: number, row: number) => `${column} ${row}`;

const widthOf = (text: string) => [...text].reduce((width, character) => width + (/[A-Z]/.test(character) ? CAPITAL_WIDTH : CHARACTER_WIDTH), 0);
