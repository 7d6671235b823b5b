import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { EbsDeviceVolumeType } from 'aws-cdk-lib/aws-ec2';
import { checkWholeNumber, Range } from './whole-number';
import { refusal } from '../../private/errors';

/** The limits of a volume type. */
interface Limits {
  /** In gibibytes. */
  readonly size: Required<Range>;
  /** In I/O operations per second. @default - cannot be set */
  readonly iops?: Range & { readonly mostPerGibibyte: number; readonly default?: number };
  /** In MiB per second. @default - cannot be set */
  readonly throughput?: Range & { readonly mostPerIops: number };
}

/** @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
const LIMITS: { readonly [type in EbsDeviceVolumeType]?: Limits } = {
  [EbsDeviceVolumeType.GP3]: {
    size: { least: 1, most: 65_536 },
    iops: { least: 3000, most: 80_000, mostPerGibibyte: 500, default: 3000 },
    throughput: { least: 125, most: 2000, mostPerIops: 0.25 },
  },
  [EbsDeviceVolumeType.IO1]: {
    size: { least: 4, most: 16_384 },
    iops: { least: 100, most: 64_000, mostPerGibibyte: 50 },
  },
  [EbsDeviceVolumeType.IO2]: {
    size: { least: 4, most: 65_536 },
    iops: { least: 100, most: 256_000, mostPerGibibyte: 1000 },
  },
  [EbsDeviceVolumeType.GP2]: { size: { least: 1, most: 16_384 } },
  [EbsDeviceVolumeType.ST1]: { size: { least: 125, most: 16_384 } },
  [EbsDeviceVolumeType.SC1]: { size: { least: 125, most: 16_384 } },
  [EbsDeviceVolumeType.STANDARD]: { size: { least: 1, most: 1024 } },
};
const LIMITS_OF_NEW_TYPES: Limits = { size: { least: 1, most: Infinity } };

const limitsOf = (type: EbsDeviceVolumeType): Limits => LIMITS[type] ?? LIMITS_OF_NEW_TYPES;

/**
 * The size of a volume in gibibytes.
 *
 * @param leastSize the minimum size in gibibytes.
 */
export function checkedSize(property: string, type: EbsDeviceVolumeType, size: Size, leastSize: number): number {
  const limits = limitsOf(type).size;
  const least = Math.max(leastSize, limits.least);
  const gibibytes = inGibibytes(property, size);
  if (Token.isUnresolved(gibibytes)) {
    return gibibytes;
  }
  if (!Number.isInteger(gibibytes) || gibibytes < least || gibibytes > limits.most) {
    throw refusal(property, `${gibibytes} GiB`, `a whole number of gibibytes, ${least} to ${limits.most} for ${type}`);
  }
  return gibibytes;
}

function inGibibytes(property: string, size: Size): number {
  try {
    return size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  } catch {
    throw refusal(property, '<token>', 'in gibibytes', 'a size that is known only at deployment cannot be converted, so use Size.gibibytes');
  }
}

/** @param gibibytes the size of the volume. */
export function checkIops(property: string, type: EbsDeviceVolumeType, gibibytes: number, iops?: number): void {
  const limits = limitsOf(type).iops;
  if (!limits) {
    if (iops !== undefined) {
      throw refusal(property, iops, `omitted for a volume of type ${type}`, 'only gp3, io1 and io2 support it');
    }
    return;
  }
  if (iops === undefined) {
    if (limits.default === undefined) {
      throw refusal(property, iops, `set for a volume of type ${type}`);
    }
    return;
  }
  checkWholeNumber(property, iops, limits);
  const most = Math.max(limits.least, gibibytes * limits.mostPerGibibyte);
  if (isKnown(iops) && isKnown(gibibytes) && iops > most) {
    throw refusal(property, iops, `at most ${most} for a volume of type ${type} with ${gibibytes} GiB`, 'increase size');
  }
}

/** @param iops the IOPS of the volume, if they are set. */
export function checkThroughput(property: string, type: EbsDeviceVolumeType, iops: number | undefined, throughput?: number): void {
  const limits = limitsOf(type);
  if (throughput === undefined) {
    return;
  }
  if (!limits.throughput) {
    throw refusal(property, throughput, `omitted for a volume of type ${type}`, 'only gp3 supports it');
  }
  checkWholeNumber(property, throughput, limits.throughput);
  const operations = iops ?? limits.iops!.default!;
  const most = operations * limits.throughput.mostPerIops;
  if (isKnown(throughput) && isKnown(operations) && throughput > most) {
    throw refusal(property, throughput, `at most ${most} with ${operations} iops`, 'increase iops');
  }
}

const isKnown = (value: number) => !Token.isUnresolved(value);
