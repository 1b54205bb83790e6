import { isTest, type SourceFile } from './dependency-direction.ts'
import type { Problem } from './problem.ts'

const loopback = /\b127\.\d+\.\d+\.\d+\b|\blocalhost\b|\[?::1\]?(?=[:/'"\]])/

/**
 * Production code knows no testbed: an endpoint comes from AWS_ENDPOINT_URL, a registry from the repositoryUri that AWS
 * returned. A loopback address in an action or in core would be such knowledge.
 */
export function loopbackAddresses(files: readonly SourceFile[]): Problem[] {
  return files
    .filter(({ path }) => /^(actions|packages\/core)\//.test(path) && !isTest(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((content, index) => {
        const match = loopback.exec(content)
        if (match === null) return []
        return [
          { file: path, line: index + 1, message: `production code names the loopback address ${match[0]}` },
        ]
      }),
    )
}
