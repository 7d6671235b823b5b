import { Text } from '../../values/text';
import { ANY_REGISTRY } from '../code/registries';

/** What one signs in with to a registry, as tools and pipelines name it: `REGISTRY_PASSWORD`, `DOCKER_PASSWORD`, `GHCR_TOKEN`, `harbor-robot-token`. */
const NAME = /(^|[_.-])(artifactory|docker(hub)?|ghcr|harbor|jfrog|nexus|quay|registry)(?=[_.-])[\w.-]*(pass(word|wd)?|token)$/i;

/** The settings of Docker, which have passwords: `DOCKER_AUTH_CONFIG`, `.dockerconfigjson`. @see https://docs.gitlab.com/ci/docker/using_docker_images/ */
const SETTINGS = /(^|[_.-])docker[_-]?((auth[_-]?)?config([_-]?json)?|cfg)$/i;

/** Where clients look for passwords of registries. @see https://github.com/GoogleContainerTools/kaniko#pushing-to-docker-hub */
const FILES = /^(\.docker|auth\.json)$/;

export const isNameOfRegistryPassword = (name: string): boolean => [NAME, SETTINGS, FILES].some((pattern) => pattern.test(name));

/** How a resource mentions one. */
export const MENTIONED_REGISTRY = /(artifactory|docker|ghcr|harbor|jfrog|nexus|quay|registry)[\w./-]{0,100}(pass|token|conf|cfg)/i;

/** The registry for which it is, if only one is called so. */
export function registryNamed(name: string): Text {
  const [host] = Object.entries({ 'docker.io': /dockerhub/i, 'ghcr.io': /ghcr/i, 'quay.io': /quay/i }).find(([, pattern]) => pattern.test(name)) ?? [];
  return host ? Text.of(host) : ANY_REGISTRY;
}
