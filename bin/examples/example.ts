import { LocalAws } from '../../local-aws/local-aws';
import { Outcome } from '../../replay/outcome';

/** A further synthesis of the app. */
export interface Variant {
  readonly title: string;
  /** Arguments of the CDK CLI. */
  readonly args: string[];
}

/** What is deployed, and where. */
export interface Deployment {
  readonly aws: LocalAws;
  /** The cloud assembly of the app. */
  readonly app: string;
  /** That of the variant. */
  readonly variant: string;
  /** Whether all of it stays until Ctrl-C. */
  readonly keep: boolean;
  /** Shows a step while it runs. */
  readonly during: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

/** An example that `npm start` shows. */
export interface Example {
  /** The stack that is summarized. */
  readonly stack: string;
  /** The stack that is synthesized, together with those that it depends on. */
  readonly last: string;
  readonly cluster: string;
  /** Arguments of the CDK CLI that select the app. */
  readonly appArgs: string[];
  readonly variant?: Variant;
  /** Whether clusters that are records are not enough. */
  readonly needsKubernetes: boolean;
  /** Deploys the stack, and tries who can do what. */
  replay(deployment: Deployment): Promise<Outcome[]>;
}
