/** What templates cannot show. Every report says so. */
export const OUT_OF_SCOPE = 'Not considered: service and resource control policies, VPC endpoint policies, requests without credentials, RBAC, who can create pods, '
  + 'and what other templates create.';
