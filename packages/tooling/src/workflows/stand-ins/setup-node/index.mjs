if (!/^\d+/.test(process.env['INPUT_NODE-VERSION'] ?? '')) {
  console.log('::error::setup-node got no node-version')
  process.exit(1)
}
