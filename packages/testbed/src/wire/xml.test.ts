import { expect, test } from 'vitest'
import type { JsonValue } from './json.ts'
import { element } from './xml.ts'

const rows: { name: string; value: JsonValue; xml: string }[] = [
  { name: 'scalars', value: { A: 1, B: true, C: 'x' }, xml: '<R><A>1</A><B>true</B><C>x</C></R>' },
  { name: 'a list', value: { L: ['a', 'b'] }, xml: '<R><L><member>a</member><member>b</member></L></R>' },
  { name: 'an empty list', value: { L: [] }, xml: '<R><L></L></R>' },
  { name: 'null, which is left out', value: { A: null, B: '' }, xml: '<R><B></B></R>' },
  { name: 'markup', value: '<a href="x">&amp;', xml: '<R>&lt;a href=&quot;x&quot;&gt;&amp;amp;</R>' },
  { name: 'line ends', value: 'a\r\nb\tc', xml: '<R>a&#xD;\nb\tc</R>' },
  { name: 'what XML cannot carry', value: '\u001b[31m\ud800 🚀', xml: '<R>\uFFFD[31m\uFFFD 🚀</R>' },
]

test.each(rows)('$name', ({ value, xml }) => {
  expect(element('R', value)).toBe(xml)
})
