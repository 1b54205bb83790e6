import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClientError } from './errors.ts'
import { parseOrder } from './orders.ts'
import { serveApp } from './testing/served-app.ts'

test('an order that was made is in the list', async () => {
  await using app = await serveApp()
  expect(await (await app.get('/orders')).json()).toEqual({ orders: [] })

  const made = await app.post('/orders', { item: ' tea ', quantity: 2, price: 0 })
  expect(made.status).toBe(201)
  const order = await made.json()
  expect(order).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    item: 'tea',
    quantity: 2,
    createdAt: expect.any(String),
  })
  expect(await (await app.get('/orders')).json()).toEqual({ orders: [order] })
})

test('memory is bounded: the oldest orders are forgotten', async () => {
  await using app = await serveApp()
  for (let quantity = 1; quantity <= 1000; quantity++) await app.post('/orders', { item: 'tea', quantity })
  await app.post('/orders', { item: 'coffee', quantity: 1 })
  const list = await (await app.get('/orders')).json()
  expect(list).toHaveProperty('orders.length', 1000)
  expect(list).toHaveProperty('orders[0].quantity', 2)
  expect(list).toHaveProperty('orders[999].item', 'coffee')
})

const invalid = 'invalid request'
test.each([
  ['nothing in it', {}, 400, invalid, ['item', 'quantity']],
  ['a list', [], 400, invalid, ['item', 'quantity']],
  ['a blank item', { item: ' ', quantity: 1 }, 400, invalid, ['item']],
  ['a long item', { item: 'x'.repeat(101), quantity: 1 }, 400, invalid, ['item']],
  ['half a piece', { item: 'tea', quantity: 0.5 }, 400, invalid, ['quantity']],
  ['no piece', { item: 'tea', quantity: 0 }, 400, invalid, ['quantity']],
  ['too many pieces', { item: 'tea', quantity: 1001 }, 400, invalid, ['quantity']],
  ['a number as text', { item: 'tea', quantity: '2' }, 400, invalid, ['quantity']],
  ['broken JSON', '{"item": secret', 400, 'the body is not valid JSON', []],
  ['too much', { item: 'x'.repeat(11_000), quantity: 1 }, 413, 'the body is too large', []],
])('an order with %s is refused', async (_row, body, status, error, members) => {
  await using app = await serveApp()
  const response = await app.post('/orders', body)
  const answer = await response.json()
  expect(response.status).toBe(status)
  const problems = members.map((member) => expect.stringMatching(`^${member}: `))
  expect(answer).toEqual(problems.length > 0 ? { error, problems } : { error })
  expect(JSON.stringify(answer)).not.toMatch(/secret|\.ts|node_modules|stack/)
  expect(app.entries.filter((entry) => entry.level === 'error')).toEqual([])
})

test('a body that does not say it is JSON is a 415', async () => {
  await using app = await serveApp()
  const response = await app.get('/orders', { method: 'POST', body: 'item=tea' })
  expect(response.status).toBe(415)
  expect(await response.json()).toEqual({ error: 'send a JSON body with content-type: application/json' })
})

test('whatever JSON arrives, it becomes a valid order or a client error', () => {
  const near = fc.record({
    item: fc.oneof(fc.string(), fc.jsonValue()),
    quantity: fc.oneof(fc.integer(), fc.jsonValue()),
  })
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), near), (body) => {
      try {
        const order = parseOrder(body)
        expect(order.item.length).toBeGreaterThan(0)
        expect(order.item.length).toBeLessThanOrEqual(100)
        expect(order.quantity).toBeGreaterThanOrEqual(1)
        expect(order.quantity).toBeLessThanOrEqual(1000)
      } catch (error) {
        if (!(error instanceof ClientError)) throw error
        expect(error.status).toBe(400)
      }
    }),
  )
})
