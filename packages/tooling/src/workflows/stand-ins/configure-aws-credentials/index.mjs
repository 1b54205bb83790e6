// The real action exchanges the job's OIDC token for the role's credentials; here they come from a file that no other step knows of.
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const out = process.env.ACT_OUT
const role = process.env['INPUT_ROLE-TO-ASSUME'] ?? ''
const region = process.env['INPUT_AWS-REGION'] ?? ''
if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(role) || !/^[a-z]+-[a-z]+-\d$/.test(region)) {
  console.log(`::error::Could not assume role "${role}" in Region "${region}"`)
  process.exit(1)
}
// Source: AWS STS, AssumeRoleWithWebIdentity, DurationSeconds.
const seconds = Number(process.env['INPUT_ROLE-DURATION-SECONDS'] || 3600)
if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) {
  console.log(`::error::Could not assume role "${role}" for ${seconds} seconds`)
  process.exit(1)
}
appendFileSync(join(out, 'roles.txt'), `${role}\n`)
const credentials = JSON.parse(readFileSync(join(out, 'credentials.json'), 'utf8'))
for (const [name, value] of Object.entries({
  ...credentials,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
}))
  appendFileSync(process.env.GITHUB_ENV, `${name}=${value}\n`)
