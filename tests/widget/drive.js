// drive.js - somebody talks with the bot through a widget that knows nothing
// of it but Rasa's REST channel, on the page of another site.
//   node drive.js PAGE CHROMIUM WHAT
// In: the page with its query; the program; "talk", or "refused" where the
// server does not take that site. Out: a line for each thing that is wrong.
const { open, look, until, holds, press, click, drive } = require('../chromium.js')

const [page, program, what] = process.argv.slice(2)
const said = (whose) => `[...document.querySelectorAll(".chat.${whose} .text")].map((text) => text.textContent)`
const idle = '!document.querySelector(".waiting")'

async function type (text) {
  const before = await look(`${said('left')}.length`)
  await look('document.querySelector("form.input input[type=text]").focus()')
  for (const letter of text) await press(letter, letter)
  await press('Enter', '\r')
  await until(`${said('right')}.at(-1) === ${JSON.stringify(text)}`)
  return `${said('left')}.length > ${before} && ${idle}`
}

async function run () {
  await open(page)
  await until('document.querySelector(".chatroom.open input[type=text]") !== null')
  if (what === 'refused') {
    await look('window.addEventListener("unhandledrejection", (event) => { window.refused = true; event.preventDefault() })')
    await type('hello')
    await until('window.refused === true')
    await holds('nothing was answered', `${said('left')}.length === 0`)
    return
  }
  await until(await type('my back hurts'))
  await until('document.querySelectorAll(".chat-button:not(.chat-button-disabled)").length > 1')
  const title = await look('document.querySelector(".chat-button").textContent')
  const before = await look(`${said('left')}.length`)
  await click('.chat-button')
  await until(`${said('right')}.at(-1) === ${JSON.stringify(title)}`)
  await until(`${said('left')}.length > ${before} && ${idle}`)
  await until(await type('now i have chest pain and i can not breathe'))
  await holds('the emergency number', `${said('left')}.some((text) => /\\b112\\b/.test(text))`)
  await until(await type('what did you say?'))
  await holds('the conversation is one', `${said('left')}.filter((text) => /\\b112\\b/.test(text)).length > 1`)
}

drive(program, run)
