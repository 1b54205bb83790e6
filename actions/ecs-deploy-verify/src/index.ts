import { runAction } from '@ecs-release/core/action'
import { inputs } from './inputs.ts'

await runAction({ inputs, main: () => import('./main.ts'), post: () => import('./post.ts') })
