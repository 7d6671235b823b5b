/** What templates cannot show. Every report says so. */
export const OUT_OF_SCOPE = 'Not considered: service and resource control policies, VPC endpoint policies, requests without credentials, RBAC outside the templates, '
  + 'who else can create pods, what programs do with the data that they get, and what other templates create.';
