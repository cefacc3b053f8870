// Counts results of http-tests/cache-tests by kind, and names the required tests that were not passed.
// usage: node cache-tests-report.mjs DIRECTORY RESULTS...
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [directory, ...files] = process.argv.slice(2)
const load = file => import(pathToFileURL(path.resolve(directory, file)))
const { default: suites } = await load('tests/index.mjs')
const { determineTestResult, resultTypes } = await load('test-engine/lib/results.mjs')

// Those for CDN-Cache-Control (RFC 9213) are for caches that are a CDN's; those for browsers are not run.
const tests = suites.flatMap(suite => suite.tests.map(test => ({ ...test, suite: suite.id })))
  .filter(test => !test.browser_only && !test.cdn_only)
const kinds = ['required', 'optimal', 'check']
const passed = [resultTypes.pass[2], resultTypes.yes[2]]
const words = Object.fromEntries(Object.entries(resultTypes).map(([word, symbols]) => [symbols[2], word]))

for (const file of files) {
  const results = JSON.parse(fs.readFileSync(file, 'utf8'))
  const judged = tests.map(test => ({ ...test, kind: test.kind ?? 'required', result: determineTestResult(suites, test.id, results)[2] }))
  const counts = kinds.map(kind => {
    const all = judged.filter(test => test.kind === kind)
    return `${kind} ${all.filter(test => passed.includes(test.result)).length} of ${all.length}`
  })
  console.log(`${path.basename(file, '.json')}: ${counts.join(', ')}`)
  if (files.length === 1) {
    for (const test of judged.filter(test => test.kind === 'required' && !passed.includes(test.result))) {
      console.log(`  ${test.suite} ${test.id}: ${words[test.result]} (${[].concat(results[test.id] ?? 'not run').slice(-1)})`)
    }
  }
}
