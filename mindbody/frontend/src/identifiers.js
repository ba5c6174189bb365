// Words that may identify a real person. Advice, not a wall: a pattern cannot know an invented name from a real one.

const MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

const KINDS = [
  ["an e-mail address", /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu],
  ["a date", /(?<![\d.])\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)/g],
  ["a date", /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g],
  ["a date", new RegExp(`(?<!\\d)\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}\\.?,? \\d{4}(?!\\d)`, "gi")],
  ["a date", new RegExp(`\\b${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}(?!\\d)`, "gi")],
  ["a phone number", /(?<![\p{L}\d])(?:\+|\(?0)\d(?:[ ()./-]{0,2}\d){6,13}(?!\d)/gu],
  ["a phone number", /(?<![\d.])\d{3}[ .-]\d{3}[ .-]\d{4}(?!\d)/g],
  ["a record number", /(?<![\p{L}\d])(?:\p{Lu}{1,4}[-/ ]?)?\d{6,}(?!\d)/gu],
  ["a postcode", /(?<![\p{L}\d])[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?![\p{L}\d])/gu],
  ["a postcode", /(?<![\p{L}\d])[A-Z]{2} \d{5}(?:-\d{4})?(?!\d)/gu],
  ["an age over 89", /(?<!\d)(?:9\d|1[01]\d)(?:[- ]years?(?:[- ]old)?|[- ]?y(?:rs?|\/?o)\b)/gi],
  ["an age over 89", /\bage(?:d)?:? (?:9\d|1[01]\d)(?!\d)/gi],
  ["a name", /(?<!\p{L})(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sister|Nurse)\.? \p{Lu}[\p{L}'’-]+/gu],
];

/** Find likely identifiers: `[{kind, text}]`, each place once, in the order of the text, at most twenty. */
export function identifiers(text) {
  const found = [];
  for (const [kind, pattern] of KINDS) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (!found.some((other) => start < other.end && other.start < end)) {
        found.push({ kind, text: match[0], start, end });
      }
    }
  }
  found.sort((a, b) => a.start - b.start);
  return found.slice(0, 20).map(({ kind, text: words }) => ({ kind, text: words }));
}
