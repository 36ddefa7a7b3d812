// chromium.js - headless Chromium for the tests of pages. It is spoken to over
// a pipe (its DevTools protocol), so that no package is needed.
// In: drive(PROGRAM, RUN): what runs in it, with the functions below. Out: a
// line for each thing that is wrong; status 1 when there is any.
const { spawn } = require('child_process')
const { mkdtempSync, rmSync } = require('fs')
const { tmpdir } = require('os')
const path = require('path')

const profile = mkdtempSync(path.join(tmpdir(), 'backtalk-page-'))
const calls = new Map()
const problems = []
let chromium
let last = 0
let session
let rest = ''

function start (program) {
  chromium = spawn(program, ['--headless=new', '--no-sandbox', '--disable-gpu',
    '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
    '--remote-debugging-pipe', '--user-data-dir=' + profile],
  { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true })
  chromium.stdio[4].on('data', (data) => {
    const pieces = (rest + data).split('\0')
    rest = pieces.pop()
    for (const message of pieces.map((piece) => JSON.parse(piece))) {
      if (message.method === 'Runtime.exceptionThrown') problems.push('the page: ' + message.params.exceptionDetails.exception.description)
      if (!calls.has(message.id)) continue
      const { resolve, reject } = calls.get(message.id)
      if (message.error) reject(new Error(message.error.message))
      else resolve(message.result)
    }
  })
}

function call (method, params = {}) {
  return new Promise((resolve, reject) => {
    calls.set(++last, { resolve, reject })
    chromium.stdio[3].write(JSON.stringify({ id: last, method, params, sessionId: session }) + '\0')
  })
}

async function open (url) {
  const { targetId } = await call('Target.createTarget', { url: 'about:blank' })
  session = (await call('Target.attachToTarget', { targetId, flatten: true })).sessionId
  await call('Runtime.enable')
  await call('Page.enable')
  await call('Page.navigate', { url })
}

async function look (expression) {
  const { result, exceptionDetails } = await call('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })
  if (exceptionDetails) throw new Error(expression + ': ' + exceptionDetails.text)
  return result.value
}

async function until (expression) {
  for (let i = 0; i < 100; i++) {
    if (await look(expression)) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  problems.push('it never came: ' + expression)
  return false
}

async function holds (what, expression) {
  if (!(await look(expression))) problems.push(what + ': ' + expression)
}

async function press (key, text, modifiers = 0) {
  const codes = { Enter: 13, Tab: 9, ' ': 32 }
  await call('Input.dispatchKeyEvent', { type: 'keyDown', key, text, modifiers, windowsVirtualKeyCode: codes[key] })
  await call('Input.dispatchKeyEvent', { type: 'keyUp', key, modifiers, windowsVirtualKeyCode: codes[key] })
}

// With the pointer, in the middle of the first that the selector finds.
async function click (selector) {
  const spot = await look(`(() => { const { x, y, width, height } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect(); return { x: x + width / 2, y: y + height / 2 } })()`)
  for (const type of ['mousePressed', 'mouseReleased']) {
    await call('Input.dispatchMouseEvent', { type, ...spot, button: 'left', clickCount: 1 })
  }
}

// What a screen reader gets: roles and names.
async function names () {
  const { nodes } = await call('Accessibility.getFullAXTree')
  return nodes.filter((node) => !node.ignored && node.role)
    .map((node) => `${node.role.value}: ${node.name ? node.name.value : ''}`)
}

async function hears (wanted) {
  const heard = await names()
  if (!heard.some((name) => wanted.test(name))) problems.push(`a screen reader has no ${wanted}: ${heard.join(' | ').slice(0, 3000)}`)
}

// The contrast of WCAG 2, of each text with what it stands on.
const contrast = (selectors) => `(() => {
  const light = (color) => color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0)
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const color = getComputedStyle(element).backgroundColor
      if (!/, 0\\)$/.test(color)) return color
    }
    return 'rgb(255, 255, 255)'
  }
  return [...document.querySelectorAll('${selectors}')]
    .filter((element) => element.offsetParent && (element.textContent || element.tagName === 'TEXTAREA'))
    .map((element) => {
      const [ink, paper] = [light(getComputedStyle(element).color), light(ground(element))]
      return [(Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05), element.outerHTML.slice(0, 60)]
    })
    .filter(([ratio]) => ratio < 4.5).map(([ratio, html]) => ratio.toFixed(1) + ' ' + html).slice(0, 9).join('; ')
})()`

// In a colour scheme, 'light' or 'dark'.
async function seen (scheme, selectors) {
  await call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] })
  const low = await look(contrast(selectors))
  if (low) problems.push(`too little contrast, ${scheme}: ${low}`)
}

function drive (program, run) {
  start(program)
  run().catch((error) => problems.push(error.message)).then(() => {
    // The group: a child that lives on would go on writing into its folder.
    process.kill(-chromium.pid, 'SIGKILL')
    chromium.on('exit', () => {
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
      for (const problem of problems) console.log('FAILED: ' + problem)
      process.exit(problems.length ? 1 : 0)
    })
  })
}

module.exports = { call, open, look, until, holds, press, click, hears, seen, drive, problems }
