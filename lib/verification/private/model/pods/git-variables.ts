import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { gitHostOf } from '../code/git-repositories';

/**
 * What lets push to repositories, or start runs, as tools name it: `GITHUB_TOKEN`, `GH_PAT`, `gitlab-deploy-key`, `github_app_private_key`, `TFE_TOKEN`, `CI_JOB_TOKEN`.
 *
 * @see https://docs.gitlab.com/ci/jobs/ci_job_token/
 */
const NAME = /(^|[_.-])(gh(?=[_.-])|bitbucket|ci[_.-]job(?=[_.-])|git|renovate|terraform|tfe?(?=[_.-]))[\w.-]*?(token|[_.-]pat|password|(private|ssh|deploy)[_.-]?key)$/i;

/** A token for a host: `TF_TOKEN_app_terraform_io`. @see https://developer.hashicorp.com/terraform/cli/config/config-file#environment-variable-credentials */
const FOR_HOST = /(^|[_.-])tf[_.-]token[_.-]\w/i;

/** Files in which Git and others look for tokens. @see https://git-scm.com/docs/git-credential-store */
const FILES = /^\.(git-credentials|netrc)$/;

export const isNameOfGitToken = (name: string): boolean => [NAME, FOR_HOST, FILES].some((pattern) => pattern.test(name));

/**
 * A token of a Git provider, as its prefix tells, or a password in the URL of a repository.
 *
 * @see https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
 * @see https://docs.gitlab.com/security/tokens/#token-prefixes
 */
const TOKEN = /\b(gh[opsu]_\w{20}|github_pat_\w{20}|glpat-[\w-]{20})|\bhttps?:\/\/[^\s/:@$]{0,100}:[^\s/@$]{8,200}@[\w.-]*(bitbucket|github|gitlab)[\w.-]*\//;

/** Whether a text has one itself. */
export const hasGitToken = (text: string): boolean => TOKEN.test(text);

/** How a resource mentions one. */
const ALONE = /gh[opsu]_|glpat-|:\/\/[^\s/@]{1,300}@/;
const HINT = /(gh[_./-]|bitbucket|ci[_.-]job[_.-]|git|renovate|terraform|tfe?[_./-])[\w./-]{0,99}(token|pat|password|key)|\$[^\s/@]{1,80}@|extraheader|\b(gh|glab) auth/;
const OF_PARAMETER = /\b(gh|tfe?)(token|pat)\b/;
export const MENTIONED = new RegExp([ALONE, HINT, OF_PARAMETER].map(({ source }) => source).join('|'), 'i');

/** The URL of a repository with variables for who signs in. */
const URL = /\bhttps?:\/\/([^\s/@"'`]+)@([^\s"'`|;)<>]+)/g;

/** Commands that get a token in another way. @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpextraHeader */
const SIGNING_IN = /extraheader|\b(gh|glab) auth\b/i;

const VARIABLE = /\$[{(]?(\w+)/g;

const variablesIn = (text: string): string[] => [...text.matchAll(VARIABLE)].map(([, name]) => name);

/** The variables with which the scripts of something sign in to a Git provider, whatever their names are: `https://$TOKEN@github.com/acme/jobs`. */
export const variablesOfGit = (value: Resolved): ReadonlySet<string> => new Set(textsIn(value).map((text) => `${text}`).filter((text) => text.includes('$'))
  .flatMap((text) => [
    ...[...text.matchAll(URL)].filter(([, user, rest]) => user.includes('$') && (rest.startsWith('$') || gitHostOf(Text.of(`https://${rest}`))))
      .flatMap(([, user]) => variablesIn(user)),
    ...(SIGNING_IN.test(text) ? text.split('\n').filter((line) => SIGNING_IN.test(line)).flatMap(variablesIn) : []),
  ]));
