import { AL2023 } from './private/ami-families/al2023';
import { AmiFamily } from './private/ami-families/ami-family';
import { BOTTLEROCKET } from './private/ami-families/bottlerocket';

/** The operating system of nodes. Some options apply to one family only. */
export class NodeAmiFamily {
  /**
   * Amazon Linux 2023.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-amis.html
   */
  public static readonly AL2023 = new NodeAmiFamily(AL2023);

  /**
   * Bottlerocket, an operating system for containers only. It has no shell, and is configured with settings instead of commands.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-ami-bottlerocket.html
   */
  public static readonly BOTTLEROCKET = new NodeAmiFamily(BOTTLEROCKET);

  /** @internal */
  public static get _all(): AmiFamily[] {
    return Object.values(NodeAmiFamily).map(({ _definition }) => _definition);
  }

  private readonly name: string;
  readonly #definition: AmiFamily; // so that whoever prints options sees the name alone

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
