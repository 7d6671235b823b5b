import { isIP } from 'node:net';
import { Piece } from './matches';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/** The literals of both sides, or undefined if one has an unknown part. */
function literals(pieces: readonly Piece[], requested: Text): [string, string] | undefined {
  const [wanted, given] = [Text.join(pieces.map(({ text }) => text)).literal, requested.literal];
  return wanted === undefined || given === undefined ? undefined : [wanted, given];
}

const ifKnown = (pieces: readonly Piece[], requested: Text, holds: (wanted: string, given: string) => boolean): Truth => {
  const both = literals(pieces, requested);
  return both ? (holds(...both) ? 'yes' : 'no') : 'unknown';
};

export type Reader = (text: string) => number | undefined;
export type Order = (requested: number, wanted: number) => boolean;

/** Compares numbers or dates. What is neither does not match. */
export const ordered = (read: Reader, holds: Order, pieces: readonly Piece[], requested: Text): Truth =>
  ifKnown(pieces, requested, (wanted, given) => {
    const [limit, value] = [read(wanted), read(given)];
    return limit !== undefined && value !== undefined && holds(value, limit);
  });

export const readNumber = (text: string): number | undefined => (/^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined);

const SECOND = 1000;

/**
 * A date of the W3C's profile of ISO 8601, or seconds since 1970. A year is a date, not seconds.
 * @see https://www.w3.org/TR/NOTE-datetime
 */
export function readDate(text: string): number | undefined {
  if (/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/.test(text)) {
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : time;
  }
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * SECOND : undefined;
}

/** Unknown for other values in the policy, such as variables, because the documentation contradicts itself. */
export function equalBooleans(pieces: readonly Piece[], requested: Text): Truth {
  const [wanted] = literals(pieces, requested) ?? [];
  return wanted !== undefined && isBoolean(wanted)
    ? ifKnown(pieces, requested, (_, given) => wanted.toLowerCase() === given.toLowerCase())
    : 'unknown';
}

const isBoolean = (text: string) => ['true', 'false'].includes(text.toLowerCase());

/** Compares the decoded bytes, because base64 can encode the same bytes in several ways. */
export const equalBytes = (pieces: readonly Piece[], requested: Text): Truth =>
  ifKnown(pieces, requested, (wanted, given) => Buffer.from(wanted, 'base64').equals(Buffer.from(given, 'base64')));

/** Whether an address is in a network, such as `203.0.113.0/24` or `2001:db8::/32`. */
export const inNetwork = (pieces: readonly Piece[], requested: Text): Truth =>
  ifKnown(pieces, requested, (wanted, given) => {
    const [network, length] = wanted.split('/');
    const [one, other] = [bitsOf(network), bitsOf(given.split('/')[0])];
    if (!one || !other || one.length !== other.length || (length !== undefined && !(/^\d+$/.test(length) && Number(length) <= one.length))) {
      return false;
    }
    const prefix = length === undefined ? one.length : Number(length);
    return one.slice(0, prefix) === other.slice(0, prefix);
  });

/** The bits of an address: 32 of IPv4, 128 of IPv6. */
function bitsOf(address: string): string | undefined {
  switch (isIP(address)) {
    case 4:
      return bits(address.split('.').map(Number), 8);
    case 6:
      return bits(groupsOf(address), 16);
    default:
      return undefined;
  }
}

const bits = (numbers: readonly number[], width: number) => numbers.map((number) => number.toString(2).padStart(width, '0')).join('');

/** The eight groups of an IPv6 address: `::` stands for as many zeros as are missing, and the last two can be written as IPv4. */
function groupsOf(address: string): number[] {
  const plain = address.replace(/%.*$/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => `${hex(a, b)}:${hex(c, d)}`);
  const [head, tail] = plain.split('::').map((side) => (side === '' ? [] : side.split(':').map((group) => parseInt(group, 16))));
  return tail === undefined ? head : [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

const hex = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
