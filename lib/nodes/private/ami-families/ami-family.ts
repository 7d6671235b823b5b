import { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { NodeBootOptions } from '../../node-boot-options';
import { Hardware } from '../instance-hardware';
import { Tokens } from '../node-text';
import { UserDataProps } from '../user-data-props';

/** All that is particular to an AMI family. */
export interface AmiFamily {
  /** As in the names of Amazon EKS. */
  readonly name: string;
  /** As it is called in sentences. */
  readonly title: string;
  /** The image for each kind of hardware. */
  readonly images: { readonly [hardware in Hardware]?: NodegroupAmiType };
  /** Which `amiType` is one of its images. */
  readonly amiTypes: RegExp;
  /** Names, without their size, of instance types that other families have an image for, and this one does not. */
  readonly typesWithoutImage: RegExp;
  /** The device of the volume for containers and logs. */
  readonly dataDevice: string;
  /** The device of the volume that the node boots from, where it is another one. Its size is that of the image. */
  readonly systemDevice?: string;
  /** The options that it has no use for, each with what to do instead. */
  readonly refuses: { readonly [option in keyof NodeBootOptions]?: string };
  /** Refuses settings that no node would accept or use, and warns of unknown ones. */
  checkSettings(scope: Construct, options: NodeBootOptions): void;
  /**
   * The user data, as CloudFormation completes it; undefined where there is nothing to say.
   *
   * @param tokens how to resolve tokens in the props.
   */
  userData(props: UserDataProps, tokens: Tokens): unknown;
}
