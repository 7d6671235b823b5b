// The built-in validation of templates takes most of the time of a synthesis; one step of CI runs with it.
process.env.CDK_VALIDATION = 'false';
