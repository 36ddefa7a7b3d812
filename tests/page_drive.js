// page_drive.js - the chat page in headless Chromium, as somebody uses it with
// a keyboard, with a pointer and with a screen reader.
//   node page_drive.js URL CHROMIUM SECRET
// In: the server's URL; the program; the token that it wants, or "". Out: a
// line for each thing that is wrong; status 1 when there is any.
const { call, open, look, until, holds, press, click, hears, seen, drive } = require('./chromium.js')

const [url, program, secret] = process.argv.slice(2)
const texts = 'h1, header p, li b, li strong, li span, label, button, textarea, #standing'

const bots = 'document.querySelectorAll("#log li:not(.me)").length'
const idle = 'document.getElementById("log").getAttribute("aria-busy") !== "true"'

async function type (text) {
  const before = await look(bots)
  await call('Input.insertText', { text })
  await press('Enter', '\r')
  await until(`${bots} > ${before} && ${idle}`)
}

async function run () {
  await open(url)
  await until('document.getElementById("opening") && document.getElementById("opening").textContent !== ""')
  await holds('the title is the pack\'s', 'document.title === document.querySelector("h1").textContent && document.title !== "backtalk"')
  await holds('the message has the focus', 'document.activeElement.id === "text"')
  await holds('a language', 'document.documentElement.lang === "en"')
  await holds('nothing is loaded from elsewhere', 'performance.getEntriesByType("resource").every(({ name }) => name.startsWith(location.origin))')

  if (secret) {
    await call('Input.insertText', { text: 'hello' })
    await press('Enter', '\r')
    await until('!document.getElementById("guard").hidden')
    await until('document.getElementById("trouble").textContent.includes("token is wanted")')
    await holds('the words are not lost', 'document.getElementById("text").value === "hello"')
    await hears(/^textbox: Token$/)
    await look('document.getElementById("token").focus()')
    await call('Input.insertText', { text: secret })
    await look('document.getElementById("text").focus()')
    await press('Enter', '\r')
    await until(`${bots} > 0 && ${idle}`)
    await holds('the trouble is over', 'document.getElementById("trouble").textContent === ""')
    return
  }

  await hears(/^textbox: Your message$/)
  await hears(/^button: Send$/)
  await hears(/^log: Conversation$/)
  await type('my back hurts')
  await holds('no label without a flag', '!document.querySelector("li strong")')
  await holds('both sides have a name', '[...document.querySelectorAll("li b")].map((name) => name.textContent).slice(0, 2).join() === "You,Bot"')
  await holds('the line is empty again', 'document.getElementById("text").value === ""')
  await until('document.querySelectorAll("#quick button").length > 1')
  await hears(/^group: Suggested replies$/)

  // A button by the keyboard: back to it with Shift and Tab, then Space.
  const before = await look(bots)
  await press('Tab', undefined, 8)
  await holds('Tab reaches the buttons', 'document.activeElement.parentElement.id === "quick"')
  const title = await look('document.activeElement.textContent')
  await press(' ', ' ')
  await until(`${bots} > ${before} && ${idle}`)
  await holds('the button was said', `[...document.querySelectorAll("li.me span")].at(-1).textContent === ${JSON.stringify(title)}`)
  await holds('the focus is back', 'document.activeElement.id === "text"')

  // A button by the pointer.
  await until('document.querySelector("#quick button") !== null')
  const said = await look(bots)
  await click('#quick button')
  await until(`${bots} > ${said} && ${idle}`)

  // A red flag says so in words, in the talk and above it.
  await type('now i have chest pain and i can not breathe')
  await holds('a red flag', '[...document.querySelectorAll("li.flag strong")].some((label) => label.textContent.includes("Red flag: emergency"))')
  await holds('it stands above', 'document.getElementById("standing").textContent.includes("Red flag: emergency")')
  await hears(/^status: Where this talk stands$/)
  await holds('the answer and the line are in view', `['#log li:last-child', '#text'].every((name) => {
    const { top, bottom } = document.querySelector(name).getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })`)
  await seen('light', texts)
  await seen('dark', texts)
  await holds('it is no wider than a phone', '(document.documentElement.scrollWidth <= document.documentElement.clientWidth)')

  // What is said is text, never HTML.
  await type('<img src=x onerror="document.title=1"> <b>hello</b>')
  await holds('no HTML of mine', '!document.querySelector("#log img") && document.title !== "1"')

  // Shift and Enter begins a line.
  await call('Input.insertText', { text: 'one' })
  await press('Enter', '\r', 8)
  await call('Input.insertText', { text: 'two' })
  await holds('two lines', 'document.getElementById("text").value === "one\\ntwo"')

  await look('document.getElementById("over").click()')
  await until('document.querySelectorAll("#log li").length === 0')
  await holds('over: nothing stands', 'document.getElementById("standing").textContent === ""')
  await holds('nothing is kept', 'localStorage.length + sessionStorage.length === 0 && document.cookie === ""')
}

drive(program, run)
