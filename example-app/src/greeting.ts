import { Router } from 'express'
import { BadRequest } from './errors.ts'

const longestName = 100

/** GET /api/hello?name=Ada */
export function greetingRoutes(): Router {
  return Router().get('/api/hello', (request, response) => {
    const name = request.query.name ?? 'world'
    // A repeated parameter arrives as a list.
    if (typeof name !== 'string' || name.trim() === '' || name.length > longestName) {
      throw new BadRequest([`name: expected one text of 1 to ${longestName} characters`])
    }
    response.json({ message: `Hello, ${name.trim()}!` })
  })
}
