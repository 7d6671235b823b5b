import { ProgramType } from './resource-type';

type Paths = ProgramType['roles'];

/** What acts with a role as others ask, with requests of which none is about the resource itself. */
export const elsewhere = (roles: Paths, ...takenOverElsewhere: string[]) => ({ program: { roles, takenOverBy: [], takenOverElsewhere } });

/** The same, if the requests are about the resource. */
export const byRequests = (roles: Paths, ...takenOverBy: string[]) => ({ program: { roles, takenOverBy } });

/** What runs an image or scripts with a role, which others can only change where they are. */
export const byCode = (roles: Paths) => ({ program: { roles, takenOverBy: [] } });

/** What gives a product of AWS Service Catalog another template. */
export const VERSIONS_OF_PRODUCTS = ['servicecatalog:CopyProduct', 'servicecatalog:CreateProvisioningArtifact', 'servicecatalog:UpdateProduct'];

/** What provisions a product of AWS Service Catalog with parameters of the caller. */
export const PROVISIONING_OF_PRODUCTS = [
  'servicecatalog:CreateProvisionedProductPlan', 'servicecatalog:ExecuteProvisionedProductPlan', 'servicecatalog:ProvisionProduct', 'servicecatalog:UpdateProvisionedProduct',
];

/** Properties, as paths. */
export const at = (...properties: string[]): Paths => properties.map((property) => property.split('.'));
