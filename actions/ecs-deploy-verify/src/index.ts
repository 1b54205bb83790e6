import { runAction } from '@ecs-release/core/action'
import { inputs } from './inputs.ts'

await runAction({
  inputs,
  subject: 'service',
  otherwise: { digests: '{}', verified: 'false', 'rolled-back': 'false' },
  main: () => import('./main.ts'),
  post: () => import('./post.ts'),
})
