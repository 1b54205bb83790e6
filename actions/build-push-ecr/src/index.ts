import { runAction } from '@ecs-release/core/action'
import { inputs } from './inputs.ts'

await runAction({ inputs, subject: 'repository', main: () => import('./main.ts') })
