import { ANY_VALUE, matchesIn } from '../../values/matches';
import { Text } from '../../values/text';

/** What a text has that are certain settings, and where these have the address of a server. */
type Setting = readonly [RegExp | undefined, RegExp];

/**
 * From where package managers and container runtimes get what they install or run, where GitLab is, and where a kubeconfig says that the API server is, to which clients
 * send tokens.
 *
 * @see https://docs.docker.com/docker-hub/image-library/mirror/
 * @see https://github.com/containerd/containerd/blob/main/docs/hosts.md
 * @see https://docs.conda.io/projects/conda/en/stable/user-guide/configuration/settings.html
 * @see https://maven.apache.org/guides/mini/guide-mirror-settings.html
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
 */
const SETTINGS: readonly Setting[] = [
  [undefined, /^[ \t]*(?:@[\w-]+:)?(?:(?:extra-)?index-url|find-links|registry|baseurl|channel_alias|metalink|mirrorlist|npmRegistryServer|URIs)[ \t]*[=:][ \t]*(\S+)/gm],
  [undefined, /^[ \t]*deb(?:-src)?[ \t]+(?:\[[^\]\n]*\][ \t]+)?(\S+)/gm],
  [undefined, /registry-mirrors["']?[ \t]*[:=]\s*\[([^\]]{0,1000})/g],
  [undefined, /^[ \t]*\[host\.["']([^\s"'\]]+)/gm],
  [/containerd\/certs\.d/, /^[ \t]*server[ \t]*=[ \t]*["'](\S+)["']/gm],
  [/condarc|conda-forge/, /^[ \t]*-[ \t]+(\S+:\/\/\S+)/gm],
  [/<(mirror|(pluginR|r)epository)>/, /<url>\s*([^\s<]+)/g],
  [/<packageSources>/, /\bvalue=["']([^\s"']+)/g],
  [/\bAcquire\b/, /\bProxy[ \t]+["']([^\s"']+)/g],
  [/\[\[tool\.(poetry\.source|uv\.index)\]\]|^[ \t]*\[\[runners\]\]/m, /^[ \t]*url[ \t]*=[ \t]*["'](\S+)["']/gm],
  [/\bkind["']?\s*:\s*["']?Config\b/, new RegExp(`^[ \\t]*(?:-[ \\t]+)?["']?server["']?[ \\t]*:[ \\t]*["']?((?:${ANY_VALUE}|[^\\s"',}])+)`, 'gm')],
];

/** The addresses of servers in the settings of clients that a text has, or is, from which these get what they run, or to which they send tokens. */
export function serversInSettings(settings: Text): Text[] {
  const text = `${settings}`;
  return SETTINGS.filter(([has]) => !has || has.test(text)).flatMap(([, server]) => matchesIn(settings, server)).flatMap(([address]) => address);
}
