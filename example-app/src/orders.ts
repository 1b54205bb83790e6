import { randomUUID } from 'node:crypto'
import { json, Router } from 'express'
import { failSometimes } from './drills.ts'
import { BadRequest, UnsupportedBody } from './errors.ts'

export interface Order {
  id: string
  item: string
  quantity: number
  createdAt: string
}

const longestItem = 100
const mostPieces = 1000
/** Memory is all there is: beyond this many, the oldest order is forgotten. */
const mostOrders = 1000

/** GET /orders lists the newest last; POST /orders takes `{ "item": "tea", "quantity": 2 }`. */
export function ordersRoutes(drill: { errorRate: number; random: () => number }): Router {
  const orders: Order[] = []
  return Router()
    .all('/orders', failSometimes(drill.errorRate, drill.random))
    .get('/orders', (_request, response) => {
      response.json({ orders })
    })
    .post('/orders', json({ limit: '10kb' }), (request, response) => {
      const body: unknown = request.body
      if (body === undefined) throw new UnsupportedBody()
      const order = { id: randomUUID(), ...parseOrder(body), createdAt: new Date().toISOString() }
      orders.push(order)
      if (orders.length > mostOrders) orders.shift()
      response.status(201).json(order)
    })
}

/** Throws a BadRequest that names every wrong member. */
export function parseOrder(body: unknown): Pick<Order, 'item' | 'quantity'> {
  const { item, quantity } = members(body)
  const problems: string[] = []
  const name = typeof item === 'string' ? item.trim() : ''
  if (name === '' || name.length > longestItem) {
    problems.push(`item: expected a text of 1 to ${longestItem} characters`)
  }
  const pieces = Number.isInteger(quantity) ? Number(quantity) : 0
  if (pieces < 1 || pieces > mostPieces) {
    problems.push(`quantity: expected a whole number from 1 to ${mostPieces}`)
  }
  if (problems.length > 0) throw new BadRequest(problems)
  return { item: name, quantity: pieces }
}

function members(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {}
}
