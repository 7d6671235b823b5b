import { AL2023 } from './private/ami-families/al2023';
import { AmiFamily } from './private/ami-families/ami-family';
import { BOTTLEROCKET } from './private/ami-families/bottlerocket';

/** The operating system of nodes. Some options apply only to one family. */
export class NodeAmiFamily {
  /**
   * Amazon Linux 2023.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-amis.html
   */
  public static readonly AL2023 = new NodeAmiFamily(AL2023);

  /**
   * Bottlerocket, an operating system that only runs containers. It has no shell, and you configure it with settings instead of commands.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-ami-bottlerocket.html
   */
  public static readonly BOTTLEROCKET = new NodeAmiFamily(BOTTLEROCKET);

  /** @internal */
  public static get _all(): AmiFamily[] {
    return Object.values(NodeAmiFamily).map(({ _definition }) => _definition);
  }

  private readonly name: string;
  readonly #definition: AmiFamily; // private, so that printed options show only the name

  private constructor(definition: AmiFamily) {
    this.name = definition.name;
    this.#definition = definition;
  }

  /** @internal */
  public get _definition(): AmiFamily {
    return this.#definition;
  }

  /** The name of the family, such as `AL2023`. */
  public toString(): string {
    return this.name;
  }
}
