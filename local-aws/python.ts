import { join, resolve } from 'node:path';
import { VirtualEnvironment } from './virtual-environment';

/** The Python of the local AWS. Creates its virtual environment if necessary. */
export const python = (): Promise<string> => new VirtualEnvironment({
  folder: resolve(__dirname, '..', '.venv'),
  requirements: join(__dirname, 'server', 'requirements.txt'),
  title: 'Installing Python packages in .venv, once',
}).python();
