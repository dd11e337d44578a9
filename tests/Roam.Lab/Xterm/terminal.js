// A headless xterm.js driven line by line over standard input:
// "n COLUMNS ROWS" a new terminal, "w BASE64" write, "r COLUMNS ROWS" resize, "c" cursor row, "d" dump. Each is answered by one line of JSON.
'use strict';
const readline = require('readline');
const { Terminal } = require(process.argv[2] + '/node_modules/@xterm/headless');

let terminal = null;

function color(cell, background) {
  const value = background ? cell.getBgColor() : cell.getFgColor();
  if (background ? cell.isBgDefault() : cell.isFgDefault()) return 'd';
  if (background ? cell.isBgRGB() : cell.isFgRGB()) return value.toString(16).padStart(6, '0');
  return 'p' + value;
}

function style(cell) {
  return color(cell, false) + ',' + color(cell, true) + ',' + (cell.isBold() ? 'b' : '') + (cell.isDim() ? 'f' : '') + (cell.isItalic() ? 'i' : '')
    + (cell.isUnderline() ? 'u' : '') + (cell.isInverse() ? 'r' : '') + (cell.isStrikethrough() ? 's' : '');
}

function dumpRow(buffer, y) {
  const line = buffer.getLine(y);
  const next = buffer.getLine(y + 1);
  const cells = [];
  let cell;
  for (let x = 0; x < terminal.cols; x++) {
    cell = line.getCell(x, cell);
    if (cell.getWidth() !== 0) cells.push([cell.getChars() || ' ', style(cell)]);
  }

  // The column that a wide character left empty at the edge gets that character's rendition here.
  const wraps = next !== undefined && next.isWrapped;
  if (wraps && line.getCell(terminal.cols - 1).getChars() === '' && line.getCell(terminal.cols - 1).getWidth() === 1) cells.pop();
  while (cells.length && cells[cells.length - 1][0] === ' ' && cells[cells.length - 1][1] === 'd,d,') cells.pop();
  let styles = '';
  for (let i = 0, start = 0; i < cells.length; i++) {
    if (i + 1 === cells.length || cells[i + 1][1] !== cells[i][1]) {
      styles += (i + 1 - start) + '*' + cells[i][1] + ' ';
      start = i + 1;
    }
  }
  return { Text: cells.map(c => c[0]).join(''), Styles: styles, Wrapped: wraps };
}

async function answer(line) {
  const [verb, first, second] = line.split(' ');
  switch (verb) {
    case 'n':
      terminal = new Terminal({ cols: +first, rows: +second, scrollback: 1000000, allowProposedApi: true });
      return 0;
    case 'w':
      await new Promise(done => terminal.write(Buffer.from(first, 'base64'), done));
      return 0;
    case 'r':
      terminal.resize(+first, +second);
      return 0;
    case 'c':
      return terminal.buffer.active.cursorY;
    case 'd': {
      const buffer = terminal.buffer.normal;
      const rows = [];
      for (let y = 0; y < buffer.length; y++) rows.push(dumpRow(buffer, y));
      return rows;
    }
  }
  return null;
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(line)) + '\n');
  }
})();
