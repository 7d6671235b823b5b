import { UnreadPermissions } from './resource-type';

/** A resource that is a policy as a whole. */
export const whole = (services: string | readonly string[], ...of: string[]): UnreadPermissions => ({ services: [services].flat(), of });

/** The properties with the permissions, as paths. */
export const propertiesOf = (...properties: string[]): Pick<UnreadPermissions, 'properties'> => ({ properties: properties.map((property) => property.split('.')) });

/** A resource that has a policy among its properties. */
export const within = (services: string | readonly string[], ...properties: string[]): UnreadPermissions =>
  ({ services: [services].flat(), ...propertiesOf(...properties) });
