import http from 'node:http'

export interface Answered {
  status: number
  headers: http.IncomingHttpHeaders
  body: string
}

/** One request on a connection of its own, for tests. Rejects when the connection fails or breaks off. */
export function ask(url: string, options: http.RequestOptions = {}, body?: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent: false, ...options }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }))
    })
    request.on('error', reject)
    request.end(body)
  })
}
