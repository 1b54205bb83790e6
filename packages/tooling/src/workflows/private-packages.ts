import { createHash, randomUUID } from 'node:crypto'

// Another one each time, or a builder that has run it before takes the step from its cache.
const token = `npm-t0ken%0A=/+${randomUUID()}`
const sum = createHash('sha256').update(token).digest('hex')

/** A secret of the user's repository on GitHub, which holds what GitHub's escapes begin with. */
export const secrets: Record<string, string> = { NPM_TOKEN: token }

/** The Dockerfile of an app with packages of a private registry: it cannot be built without the token, byte for byte. */
export const privatePackages: Record<string, string> = {
  Dockerfile: `FROM node:24-slim
WORKDIR /app
RUN --mount=type=secret,id=npm,required=true echo '${sum}  /run/secrets/npm' | sha256sum -c
COPY build/server.mjs ./
USER node
CMD ["node", "server.mjs"]
`,
}
