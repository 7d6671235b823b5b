import { CHOSEN, KnownSettings, settingNames } from './known-settings';

/**
 * The settings of the variants of Bottlerocket for Amazon EKS, with their aliases.
 *
 * To renew them, take the fields of the structs `…SettingsV1` in `bottlerocket-settings-models/settings-extensions` of
 * https://github.com/bottlerocket-os/bottlerocket-settings-sdk (here: bottlerocket-settings-models 0.28.0), with hyphens in place of
 * underscores. https://bottlerocket.dev/en/os/latest/api/settings-index/ has those that are documented. `ecs` is for Amazon ECS only.
 */
export const BOTTLEROCKET_SETTINGS: KnownSettings = {
  description: 'a known setting of Bottlerocket, and nodes do not start with unknown settings',
  names: {
    'autoscaling': settingNames('should-wait'),
    'aws': settingNames('config', 'credentials', 'profile', 'region'),
    'boot': settingNames('init', 'init-parameters', 'kernel', 'kernel-parameters', 'reboot-to-reconcile'),
    'bootstrap-commands': { [CHOSEN]: settingNames('commands', 'essential', 'mode') },
    'bootstrap-containers': { [CHOSEN]: settingNames('command', 'essential', 'mode', 'source', 'user-data') },
    'cloudformation': settingNames('logical-resource-id', 'should-signal', 'stack-name'),
    'container-registry': settingNames('credentials', 'creds', 'mirrors'),
    'container-runtime': settingNames(
      'concurrent-download-chunk-size', 'concurrent-layer-fetch-buffer', 'enable-unprivileged-icmp', 'enable-unprivileged-ports', 'log-level',
      'max-concurrent-downloads', 'max-concurrent-unpacks', 'max-container-log-line-size', 'snapshotter',
    ),
    'container-runtime-plugins': settingNames('soci-snapshotter'),
    'dns': settingNames('name-servers', 'search-list'),
    'host-containers': { [CHOSEN]: settingNames('command', 'enabled', 'source', 'superpowered', 'user-data') },
    'image-verifier-plugins': {},
    'kernel': { hugepages: settingNames('static', 'transparent'), lockdown: {}, modules: { [CHOSEN]: settingNames('allowed', 'autoload') }, sysctl: {} },
    'kubelet-device-plugins': settingNames('nvidia'),
    'kubelet-dra-drivers': settingNames('nvidia'),
    'kubernetes': settingNames(
      'allowed-unsafe-sysctls', 'api-server', 'authentication-mode', 'bootstrap-token', 'cloud-provider', 'cluster-certificate',
      'cluster-dns-ip', 'cluster-domain', 'cluster-name', 'container-log-max-files', 'container-log-max-size', 'container-log-max-workers',
      'container-log-monitor-interval', 'container-runtime-endpoint', 'cpu-cfs-quota-enforced', 'cpu-manager-policy',
      'cpu-manager-policy-options', 'cpu-manager-reconcile-period', 'credential-providers', 'device-ownership-from-security-context',
      'event-burst', 'event-qps', 'eviction-hard', 'eviction-max-pod-grace-period', 'eviction-soft', 'eviction-soft-grace-period',
      'hostname-override', 'hostname-override-source', 'ids-per-pod', 'image-gc-high-threshold-percent', 'image-gc-low-threshold-percent',
      'image-maximum-gc-age', 'image-minimum-gc-age', 'kube-api-burst', 'kube-api-qps', 'kube-reserved', 'log-level',
      'max-parallel-image-pulls', 'max-pods', 'memory-manager-policy', 'memory-manager-reserved-memory', 'memory-reservation-policy',
      'memory-swap-behavior', 'memory-throttling-factor', 'node-ip', 'node-labels', 'node-taints', 'pod-infra-container-image',
      'pod-pids-limit', 'provider-id', 'registry-burst', 'registry-qps', 'reserved-cpus', 'seccomp-default', 'server-certificate',
      'server-key', 'server-tls-bootstrap', 'shutdown-grace-period', 'shutdown-grace-period-for-critical-pods', 'single-process-oom-kill',
      'standalone-mode', 'static-pods', 'static-pods-enabled', 'system-reserved', 'topology-manager-policy',
      'topology-manager-policy-options', 'topology-manager-scope',
    ),
    'measurement': settingNames('excluded-settings'),
    'metrics': settingNames('metrics-url', 'send-metrics', 'service-checks'),
    'motd': {},
    'network': settingNames('disable-ipv6', 'hostname', 'hosts', 'https-proxy', 'no-proxy'),
    'ntp': settingNames('logging', 'options', 'time-servers'),
    'nvidia-container-runtime': settingNames('visible-devices-as-volume-mounts', 'visible-devices-envvar-when-unprivileged'),
    'oci-defaults': settingNames('capabilities', 'resource-limits'),
    'oci-hooks': settingNames('log4j-hotpatch-enabled'),
    'pki': { [CHOSEN]: settingNames('data', 'trusted') },
    'updates': settingNames('ignore-waves', 'metadata-base-url', 'seed', 'targets-base-url', 'version-lock'),
  },
};
