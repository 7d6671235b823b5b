import { isGenerator } from './generators';
import { literalOf, textsIn } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** What is at the end of the URL of an archive. */
const VERSION = /-v?\d[\w.+-]*\.tgz$/;

/** The names of the charts that an object may install, which are at the end of their URLs, and other texts that are no names of charts. */
export const chartNames = (object: KubernetesObject): string[] => [...new Set(
  textsIn(isGenerator(object) ? object.at('spec') : object.at('metadata', 'chart')).flatMap((text) => literalOf(text)?.split('/').at(-1)?.replace(VERSION, '') ?? []),
)];
