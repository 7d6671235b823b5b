import { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { NodeBootOptions } from '../../node-boot-options';
import { Hardware } from '../instance-hardware';
import { Tokens } from '../node-text';
import { UserDataProps } from '../user-data-props';

/** Everything that is specific to an AMI family. */
export interface AmiFamily {
  /** The name in `amiType` values of Amazon EKS. */
  readonly name: string;
  /** The name in messages. */
  readonly title: string;
  /** The image for each kind of hardware. */
  readonly images: { readonly [hardware in Hardware]?: NodegroupAmiType };
  /** Matches the `amiType` of its images. */
  readonly amiTypes: RegExp;
  /** Matches instance types, without the size, for which other families have an image and this family has none. */
  readonly typesWithoutImage: RegExp;
  /** The device of the volume for containers and logs. */
  readonly dataDevice: string;
  /** The device of the boot volume, if it is another volume. It has the size of the image. */
  readonly systemDevice?: string;
  /** The options that have no effect for this family, each with the alternative. */
  readonly refuses: { readonly [option in keyof NodeBootOptions]?: string };
  /** Refuses settings that no node would accept or use, and warns of unknown ones. */
  checkSettings(scope: Construct, options: NodeBootOptions): void;
  /**
   * The user data for CloudFormation to complete; undefined if there is nothing to configure.
   *
   * @param tokens resolves tokens in the props.
   */
  userData(props: UserDataProps, tokens: Tokens): unknown;
}
