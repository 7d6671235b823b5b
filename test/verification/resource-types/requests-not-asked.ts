import { OF_COMPUTE } from './requests/compute';
import { OF_DATA } from './requests/data';
import { OF_DEPLOYERS } from './requests/deployers';
import { OF_DEVICES } from './requests/devices';
import { OF_MODELS } from './requests/models';
import { RequestsOfServices } from './requests/reasons';
import { OF_STORES } from './requests/stores';

/**
 * The requests of services that act with roles, of which somebody has read that the caller does not decide with them what something does with a role that it has already.
 * By the service and the reason. See `requests-of-types.test.ts`.
 */
export const NOT_ASKED: RequestsOfServices = { ...OF_COMPUTE, ...OF_DEPLOYERS, ...OF_DATA, ...OF_STORES, ...OF_MODELS, ...OF_DEVICES };
