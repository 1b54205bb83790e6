if (!/^\d+\.\d+/.test(process.env.INPUT_TERRAFORM_VERSION ?? '')) {
  console.log('::error::setup-terraform got no terraform_version')
  process.exit(1)
}
