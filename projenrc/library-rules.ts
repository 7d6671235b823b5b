import { javascript } from 'projen';

// CloudFormation pastes values into a text as they are; the one module that escapes them is lib/private/completed-text.ts.
const pasting = [
  { selector: 'MemberExpression[property.name=/^(join|sub)$/]:matches([object.name="Fn"], [object.property.name="Fn"])', message: 'write texts with tokens with CompletedText' },
  { selector: 'MemberExpression[property.name="toJsonString"]', message: 'it escapes only a part of what a token may be: use CompletedText' },
];

// aws-cdk pastes the groups and ARNs of aws-auth, which one module checks.
const mapping = {
  selector: 'MemberExpression[property.name=/^add(RoleMapping|MastersRole|UserMapping)$/]',
  message: 'aws-cdk escapes nothing in aws-auth: use mapRole of aws-auth-access.ts',
};

/** What only one module of the library may write, and what is not for its public API. */
export function addLibraryRules(eslint: javascript.Eslint): void {
  eslint.addOverride({ files: ['lib/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...pasting, mapping] } });
  eslint.addOverride({ files: ['lib/cluster/private/aws-auth-access.ts'], rules: { 'no-restricted-syntax': ['error', ...pasting] } });

  // What jsii lets pass, and other languages cannot use
  eslint.addOverride({
    files: ['lib/*.ts', 'lib/!(private|cli|page)/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...pasting, mapping,
        { selector: 'ExportNamedDeclaration > :matches(FunctionDeclaration, VariableDeclaration)', message: 'export classes and interfaces only' },
        { selector: 'ExportDefaultDeclaration', message: 'export classes and interfaces only' },
        { selector: 'TSNullKeyword', message: 'null is not for the public API' }],
    },
  });
}
