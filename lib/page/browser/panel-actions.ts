import type { Outcome } from './outcomes';

/** What the panel lets the reader do. */
export interface PanelActions {
  readonly selectNode: (node: number) => void;
  readonly selectEdge: (edge: number) => void;
  readonly search: (text: string) => void;
  readonly filterOutcome: (outcome: Outcome) => void;
  readonly clear: () => void;
  readonly drawPathOnly: (isPathOnly: boolean) => void;
}
