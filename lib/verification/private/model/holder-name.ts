import { Role } from './model';

/** For messages: `role Reader`, `user Alice`. */
export const holderName = ({ noun, label }: Pick<Role, 'noun' | 'label'>): string => `${noun} ${label}`;
