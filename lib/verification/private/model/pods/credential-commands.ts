import { hasAccessKey, isNameOfSecretPart } from './access-key-names';
import { isFileOfCredentials, isOfCredentials, keyOption } from './credential-names';
import { BETWEEN_WORDS } from '../code/words';

/**
 * A variable that a script sets, also to what a command prints. A value that is empty takes it away. The credentials of a role that the script assumes are those of role
 * chaining.
 */
const ASSIGNED = /(?<![\w.$-])(\w{3,60})=(?!["']{0,2}(?:[\s;|&]|$|\$\(aws sts assume-role ))/g;

/** An option with a value, or a property of Java. */
const OPTION = /(?<![\w.-])(?:-D|--?)([A-Za-z][\w.-]{2,80})[= ]/g;

/** Programs that copy files to a folder. */
const COPYING = /\b(cp|install|ln|mv|rsync|sync|tar|unzip)\b/;

/**
 * Commands that get credentials of AWS, or run something with variables that the templates do not show.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/credential-helper.html
 * @see https://developer.hashicorp.com/vault/docs/secrets/aws
 * @see https://min.io/docs/minio/linux/reference/minio-mc/mc-alias-set.html
 */
const COMMANDS: readonly RegExp[] = [
  /\baws configure (set +(profile\.[\w.-]{1,100}\.)?(aws_|credential_)\w+|import|sso)/,
  /\baws (sso )?login\b/,
  /\b(aws-vault|chamber) exec\b/,
  /\b(doppler|infisical|op) run\b/,
  /\bsops exec-(env|file)\b/,
  /\b(gimme-aws-creds|okta-aws-cli|saml2aws|tsh aws)\b/,
  /\baws_signing_helper (credential-process|serve|update)\b/,
  /\bvault\b.{0,200}aws[\w-]{0,50}\/(creds|sts)\/\w+/,
  /\/vault\/secrets\/[\w.-]{0,100}aws/,
  /\bmc (alias set|config host add)\b.{0,200}\bs3[\w.-]{0,60}\.amazonaws\.com/,
  /\bs3cmd\b.{0,200}--secret_key\b/,
  /\bs3fs\b.{0,200}\bpasswd_file=/,
  /(?<![\w-])aws .{0,200}--profile[= ]+[^\s;]+/,
];

/** What tells that a script has, gets or names credentials of AWS of its own, which no template shows. */
export function credentialsInScript(script: string): string | undefined {
  const [variables, options] = [ASSIGNED, OPTION].map((pattern) => [...script.matchAll(pattern)].map(([, name]) => name));
  return keyOption(script) ?? (hasAccessKey(script) ? 'an access key' : undefined) ?? variables.find(isOfCredentials) ?? options.find(isNameOfSecretPart)
    ?? COMMANDS.flatMap((command) => command.exec(script)?.[0] ?? [])[0] ?? fileIn(script);
}

/** A file in which SDKs and tools look for credentials, or its folder, if something is copied there. */
function fileIn(script: string): string | undefined {
  const lines = /\.aws|rclone|s3cfg|\.boto|passwd-s3fs/.test(script) ? script.split('\n') : [];
  return lines.flatMap((line) => {
    const isCopied = COPYING.test(line);
    return line.split(BETWEEN_WORDS).filter((word) => /[./]/.test(word) && isFileOfCredentials(word) && (isCopied || !/\.aws[\\/]?$/.test(word)));
  })[0];
}
