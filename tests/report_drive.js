// report_drive.js - the page of backtalk check --report in headless Chromium.
//   node report_drive.js URL CHROMIUM
// In: its URL; the program.  Out: a line for each thing that is wrong; status
// 1 when there is any.
const { call, open, until, holds, hears, seen, drive } = require('./chromium.js')

const [url, program] = process.argv.slice(2)
const texts = 'h1, h2, h3, h4, p, li, dt, dd, td, th, a, code, q, small, summary, .tag, pre'

drive(program, async () => {
  await open(url)
  await until('document.readyState === "complete" && document.querySelector("#problems") !== null')
  await holds('nothing is loaded', 'performance.getEntriesByType("resource").length === 0')
  await holds('nothing runs', 'document.scripts.length === 0 && document.title !== "1" && !document.querySelector("main img")')
  await holds('a language', 'document.documentElement.lang === "en"')
  await holds('no name twice', '(() => { const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id); return new Set(ids).size === ids.length })()')
  await holds('each link leads somewhere', '[...document.querySelectorAll("a")].every((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))')
  await hears(/^navigation: Contents$/)
  await hears(/^heading: Red flags/)
  await hears(/^region: Reached by examples$/)
  await seen('light', texts)
  await seen('dark', texts)
  await call('Emulation.setDeviceMetricsOverride', { width: 360, height: 800, deviceScaleFactor: 1, mobile: true })
  await holds('it is no wider than a phone', 'document.documentElement.scrollWidth <= 360')
  await call('Emulation.setEmulatedMedia', { media: 'print' })
  await holds('what is folded is printed', '[...document.querySelectorAll("details:not([open]) > :last-child")].every((part) => part.getBoundingClientRect().height > 0)')
  await holds('dark on white', 'getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)"')
})
