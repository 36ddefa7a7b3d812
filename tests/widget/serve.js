// serve.js - a site on a port of its own that has a chat widget on its page.
//   node serve.js FOLDER
// In: the folder of the widget's script and style. Out: the site's origin, in
// one line. Ends with its standard input.
const http = require('http')
const { readFileSync } = require('fs')
const path = require('path')

const folder = process.argv[2]
const files = {
  '/': [path.join(__dirname, 'index.html'), 'text/html'],
  '/Chatroom.js': [path.join(folder, 'Chatroom.js'), 'text/javascript'],
  '/Chatroom.css': [path.join(folder, 'Chatroom.css'), 'text/css']
}
const server = http.createServer((request, response) => {
  const file = files[request.url.split('?')[0]]
  response.writeHead(file ? 200 : 404, { 'Content-Type': file ? file[1] : 'text/plain' })
  response.end(file ? readFileSync(file[0]) : 'no such file')
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
process.stdin.on('end', () => process.exit()).resume()
