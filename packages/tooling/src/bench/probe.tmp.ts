import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { imageJob } from '@ecs-release/testbed'
import { root } from '../repository.ts'
import { projectFiles } from './image/project.ts'
execFileSync(process.execPath, ['bundle.ts'], { cwd: join(root, 'example-app') })
await using job = await imageJob(join(root, 'actions/build-push-ecr'), projectFiles(root), { tokenLifetime: 100*12*3600 })
await job.repository('warm'); await job.repository('warm-cache')
const commit = () => { const git=(...a: string[])=>execFileSync('git',['-c','user.name=O','-c','user.email=o@example.com','-C',job.workspace,...a],{encoding:'utf8'}).trim(); git('commit','-q','--allow-empty','-m','x'); return git('rev-parse','HEAD') }
for (let i=0;i<6;i++) {
  const sha = commit(); const t0=performance.now(); const lines: string[]=[]
  const since = Date.now()
  await using run = await job.step({ repository: 'warm' }, { github: { sha, run_number: String(i) }, onOutput: (l)=>lines.push(`${(performance.now()-t0).toFixed(0)} ${l}`) })
  console.log(run.conclusion, (performance.now()-t0).toFixed(0), /Time[^|]*\|([^|]*)/.exec(run.summary)?.[1])
  if (i===5) { console.log(lines.join('\n'));
   for (const c of job.server.calls.all()) if ((c as any).at >= since) console.log((c as any).at - since, c.operation)
   for (const c of job.ecr.requests.all()) if ((c as any).at >= since) console.log(JSON.stringify(c)) }
}
