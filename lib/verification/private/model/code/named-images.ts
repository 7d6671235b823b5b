import { CodeWrite } from './code-write';
import { ClusterId } from '../../values/cluster-id';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';

/** The images, and other code, that something in a cluster names, but not as those of the containers of its pods. A chart or a controller may run them in any pods. */
export interface NamedImages {
  readonly cluster: ClusterId;
  /** For messages: `HelmChart ops/web`. */
  readonly label: string;
  /** The requests with which others change them. */
  readonly code: readonly CodeWrite[];
  /** The pods that name them. What these start from the images, they can start anyway. */
  readonly namedBy: ReadonlyArray<{ readonly namespace: Text; readonly serviceAccountName: Text }>;
}

/** Code, besides images, that something in a cluster names which has no template of pods. A controller or a chart runs it in some of its pods. */
export interface NamedCode {
  readonly cluster: ClusterId;
  /** What names it. */
  readonly holder: { readonly kind: string; readonly name?: Text };
  /** For messages: `SparkApplication ops/reports`. */
  readonly label: string;
  /** The requests with which others change it. */
  readonly code: readonly CodeWrite[];
  /** Where these pods may be. */
  readonly namespaces: readonly Text[];
  /** The service accounts of these pods: those that it names, or else any of its namespace. */
  readonly accounts: ReadonlyArray<{ readonly namespace: Text; readonly serviceAccountName: Text }>;
  /** Whether its accounts are those of steps, of which it is read elsewhere what they hand on. */
  readonly hasSteps?: boolean;
  /** What it says about what runs. */
  readonly says?: Resolved;
  /** What is read as the spec of its pods. */
  readonly spec?: ResolvedMap;
  /** Its containers, and its spec, with what they have from other objects. */
  readonly filled?: readonly Resolved[];
  /** The hosts of object stores from which its pods get code. */
  readonly stores?: readonly Text[];
}
