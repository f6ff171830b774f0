// Telegram HTML to page nodes: text and bold, nothing else.
// Nothing is ever parsed as HTML here, so whatever arrives stays text; tags other than bold are dropped, their words kept.

const TOKEN = /<(\/?)([a-z][a-z-]*)[^>]*>|&(amp|lt|gt|quot|#\d+|#x[0-9a-f]+);|[^<&]+|[<&]/gi;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"' };
const BOLD = new Set(["b", "strong"]);
const LAST_POINT = 0x10ffff;

function character(entity) {
  if (entity in NAMED) return NAMED[entity];
  const code = /^#x/i.test(entity) ? parseInt(entity.slice(2), 16) : parseInt(entity.slice(1), 10);
  return code <= LAST_POINT ? String.fromCodePoint(code) : "";
}

/** A fragment of text and <b> for one Telegram HTML text. */
export function marked(html) {
  const fragment = document.createDocumentFragment();
  let place = fragment;
  for (const [token, closing, tag, entity] of html.matchAll(TOKEN)) {
    if (entity) place.append(character(entity.toLowerCase()));
    else if (!tag) place.append(token);
    else if (BOLD.has(tag.toLowerCase())) {
      if (closing) place = fragment;
      else fragment.append((place = document.createElement("b")));
    }
  }
  fragment.normalize();
  return fragment;
}

const SCRIPTS = [[/\p{Script=Georgian}/u, "ka"], [/\p{Script=Cyrillic}/u, "ru"]];

/** The language a screen reader should speak `text` in, told by its letters. */
export const spoken = (text) => SCRIPTS.find(([letters]) => letters.test(text))?.[1] ?? "en";
