// Without inputs the real one registers every platform that it knows; these names are not the form that it takes.
if ((process.env.INPUT_PLATFORMS ?? '').includes('\n')) {
  console.log('::error::setup-qemu takes platforms with commas between them')
  process.exit(1)
}
