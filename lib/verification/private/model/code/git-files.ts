import { hostsInScript } from './fetched-hosts';
import { isOfProvider } from './git-repositories';
import { distinct } from '../../values/distinct';
import { Text } from '../../values/text';

/** Most scripts get nothing from there. */
const LIKELY = /\b(git|gitea|github|gitlab|bitbucket|codeberg|githubusercontent)\./;

/** Hosts of GitHub with the files of repositories. */
const OF_GITHUB = /(^|\.)githubusercontent\.com$|^(codeload|github-releases)\.github\.com$/;

/**
 * The hosts of repositories of which a script runs or installs single files, archives or releases, or writes these to files: whoever pushes there changes them, too.
 *
 * @see https://docs.github.com/en/repositories/working-with-files/using-files/downloading-source-code-archives
 * @see https://docs.gitlab.com/user/project/repository/files/
 */
export const gitHostsOfFilesIn = (script: Text): Text[] => (!LIKELY.test(`${script}`) ? [] : distinct(hostsInScript(script).flatMap(({ literal = '' }) =>
  (OF_GITHUB.test(literal) ? [Text.of('github.com')] : isOfProvider(literal) ? [Text.of(literal)] : []))));
