// A zip whose members are stored, not squeezed: a submission is at most 1 MB, and a library to compress it would be
// a sixth of the page's script. The tests open it with another implementation.

const CRC = Uint32Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const UTF8_NAMES = 0x0800;

/** Local time as zip has it: two 16-bit words, seconds in twos. */
function dosTime(date) {
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  const day = ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  return [time, day];
}

/** Numbers as little-endian bytes; `[size, value]` pairs. */
function pack(...fields) {
  return fields.flatMap(([size, value]) => Array.from({ length: size }, (_, i) => (value >>> (8 * i)) & 255));
}

/** Zip `[[name, text], ...]`; returns the bytes. */
export function zip(members, date) {
  const utf8 = new TextEncoder();
  const [time, day] = dosTime(date);
  const local = [];
  const central = [];
  let offset = 0;
  for (const [name, text] of members) {
    const [title, data] = [utf8.encode(name), utf8.encode(text)];
    const shared = pack(
      [2, 20],
      [2, UTF8_NAMES],
      [2, 0],
      [2, time],
      [2, day],
      [4, crc32(data)],
      [4, data.length],
      [4, data.length],
      [2, title.length],
      [2, 0],
    );
    local.push(pack([4, 0x04034b50]), shared, title, data);
    central.push(pack([4, 0x02014b50], [2, 20]), shared, pack([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), title);
    offset += 4 + shared.length + title.length + data.length;
  }
  const listed = central.reduce((sum, part) => sum + part.length, 0);
  const count = members.length;
  const end = pack([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, listed], [4, offset], [2, 0]);
  const parts = [...local, ...central, end];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
