import { basename } from 'node:path';
import { isOfStage } from './app-assembly';

/** The name of the file for the stacks of a folder of a cloud assembly: of the app, or of a stage. */
export const nameOf = (folder: string): string => (isOfStage(folder) ? basename(folder) : 'app');

/** The category of the analysis in a file. */
export const categoryOf = (name: string): string => `synthesis/${name}`;
