import { button } from './elements';

/** Says that the path goes on where the column is not visible, and scrolls there. */
export class PathHint {
  readonly button: HTMLButtonElement;
  private node?: number;

  constructor(private readonly direction: 'above' | 'below', reveal: (node: number) => void) {
    // arrow keys get there as well
    this.button = button({ class: `hint ${direction}`, tabindex: '-1', hidden: true }, () => this.node !== undefined && reveal(this.node));
  }

  show(count: number, nearest: number | undefined): void {
    this.node = nearest;
    this.button.hidden = count === 0;
    this.button.textContent = `${this.direction === 'above' ? '↑' : '↓'} ${count.toLocaleString('en-US')} more on the path`;
  }
}
