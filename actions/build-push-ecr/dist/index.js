import { run } from '../../dist/index.js'
await run('build-push-ecr')
