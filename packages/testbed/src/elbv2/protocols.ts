/** What the API knows, for listeners and for target groups; only HTTP is modelled. Source: API reference, Listener and TargetGroup. */
export const protocols = [
  'HTTP',
  'HTTPS',
  'TCP',
  'TLS',
  'UDP',
  'TCP_UDP',
  'GENEVE',
  'QUIC',
  'TCP_QUIC',
] as const
