import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { EbsDeviceVolumeType } from 'aws-cdk-lib/aws-ec2';
import { checkWhole } from './sizes';
import { refusal } from '../../private/errors';

type Range = [least: number, most: number];
const ANY: Range = [1, Infinity];

interface Limits {
  /** In gibibytes. */
  readonly size: Range;
  readonly iops?: Range;
  /** The most operations per second for each gibibyte. */
  readonly iopsPerGibibyte?: number;
  /** In MiB per second. */
  readonly throughput?: Range;
}

/** @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
const LIMITS: { [type in EbsDeviceVolumeType]?: Limits } = {
  [EbsDeviceVolumeType.GP3]: { size: [1, 65_536], iops: [3000, 80_000], iopsPerGibibyte: 500, throughput: [125, 2000] },
  [EbsDeviceVolumeType.GP2]: { size: [1, 16_384] },
  [EbsDeviceVolumeType.IO1]: { size: [4, 16_384], iops: [100, 64_000], iopsPerGibibyte: 50 },
  [EbsDeviceVolumeType.IO2]: { size: [4, 65_536], iops: [100, 256_000], iopsPerGibibyte: 1000 },
  [EbsDeviceVolumeType.ST1]: { size: [125, 16_384] },
  [EbsDeviceVolumeType.SC1]: { size: [125, 16_384] },
  [EbsDeviceVolumeType.STANDARD]: { size: [1, 1024] },
};
/** What a gp3 volume has without being asked. */
const GP3_IOPS = 3000;
const THROUGHPUT_PER_IOPS = 0.25;

const limitsOf = (type: EbsDeviceVolumeType): Limits => LIMITS[type] ?? { size: ANY };

/** Of a volume, in gibibytes. */
export function checkSize(property: string, type: EbsDeviceVolumeType, size: Size, least: number): number {
  const [leastOfType, most] = limitsOf(type).size;
  const gibibytes = inGibibytes(property, size);
  if (!Token.isUnresolved(gibibytes) && !(Number.isInteger(gibibytes) && gibibytes >= Math.max(least, leastOfType) && gibibytes <= most)) {
    throw refusal(property, `${gibibytes} GiB`, `whole gibibytes, ${Math.max(least, leastOfType)} to ${most} for ${type}`);
  }
  return gibibytes;
}

export function checkPerformance(property: string, type: EbsDeviceVolumeType, gibibytes: number, iops?: number, throughput?: number): void {
  const limits = limitsOf(type);
  if (iops === undefined && limits.iops && type !== EbsDeviceVolumeType.GP3) {
    throw refusal(`${property}.iops`, iops, `given for a volume of type ${type}`);
  }
  if (iops !== undefined && !limits.iops) {
    throw refusal(`${property}.iops`, iops, `left out for a volume of type ${type}`, 'only gp3, io1 and io2 take it');
  }
  if (throughput !== undefined && !limits.throughput) {
    throw refusal(`${property}.throughput`, throughput, `left out for a volume of type ${type}`, 'only gp3 takes it');
  }
  checkWhole(`${property}.iops`, iops, ...limits.iops ?? ANY);
  checkWhole(`${property}.throughput`, throughput, ...limits.throughput ?? ANY);
  checkRatio(`${property}.iops`, iops, Math.max(limits.iops?.[0] ?? 0, gibibytes * (limits.iopsPerGibibyte ?? 0)), gibibytes,
    `for ${gibibytes} GiB of ${type}`, 'make the volume larger');
  checkRatio(`${property}.throughput`, throughput, (iops ?? GP3_IOPS) * THROUGHPUT_PER_IOPS, iops, `with ${iops ?? GP3_IOPS} iops`, 'raise iops');
}

/** What follows from another number, `source`, unless the deployment knows one of them. */
function checkRatio(property: string, value: number | undefined, most: number, source: number | undefined, where: string, fix: string): void {
  if (value !== undefined && !Token.isUnresolved(value) && !Token.isUnresolved(source) && value > most) {
    throw refusal(property, value, `at most ${most} ${where}`, fix);
  }
}

function inGibibytes(property: string, size: Size): number {
  try {
    return size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  } catch {
    throw refusal(property, '<token>', 'in gibibytes', 'a size that only the deployment knows cannot be converted: make it with Size.gibibytes');
  }
}
