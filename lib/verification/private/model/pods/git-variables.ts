import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { gitHostOf } from '../code/git-repositories';

/** What lets push to repositories, or start runs, as tools name it: `GITHUB_TOKEN`, `GH_PAT`, `gitlab-deploy-key`, `github_app_private_key`, `TFE_TOKEN`. */
const NAME = /(^|[_.-])(gh(?=[_.-])|bitbucket|git|renovate|terraform|tfe?(?=[_.-]))[\w.-]*?(token|[_.-]pat|password|(private|ssh|deploy)[_.-]?key)$/i;

export const isNameOfGitToken = (name: string): boolean => NAME.test(name);

/** How a resource mentions one. */
export const MENTIONED = /(gh[_.-]|bitbucket|git|renovate|terraform|tfe?[_.-])[\w.-]{0,100}(token|pat|password|key)|\$[^\s/@]{1,80}@|extraheader|\b(gh|glab) auth/i;

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
