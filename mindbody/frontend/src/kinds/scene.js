// A conversation, moment by moment. What was said is read off the atoms, so a reload finds it as it stood.

import { change, has } from "../answer.js";
import { h, say, trusted, uid, words } from "../dom.js";
import { freeText } from "../free-text.js";
import { FULL } from "../rule.js";
import { caseFold, compare } from "../talk.js";
import { fill, verdict } from "../verdict.js";

const OVER = "The conversation ends here.";

/**
 * Follow the conversation as far as it goes: its lines, and the moment that waits for a reply.
 *
 * While practising, a moment is over with its right reply or when the tries are used; a graded one after one reply.
 */
function follow({ view, table }, answer) {
  const lines = [];
  const credits = table?.groups[0].credits;
  for (let moment = view.moments[0]; moment; ) {
    lines.push({ key: moment.id, html: moment.says });
    const tried = [];
    let [last, over] = [null, false];
    while (!over) {
      const attempt = tried.length + 1;
      const { id, replies } = moment;
      last = replies.find((reply) => has(answer, `${id}/${attempt}:${reply.id}`));
      const left = replies.filter((reply) => reply !== last && !tried.includes(reply));
      if (!last) return { lines, open: { id, attempt, left } };
      tried.push(last);
      // What is said of a reply stands in the table once, at the first try.
      const why = (reply) => `${id}/1:${reply.id}`;
      const right = !credits || credits[why(last)] === FULL;
      over = right || attempt === view.tries;
      const key = `${id}:${last.id}`;
      const others = over ? left.map((reply) => ({ html: reply.html, why: why(reply) })) : [];
      lines.push({ key, mine: true, html: last.html, why: why(last), fault: table?.why[`fault:${key}`], right, others });
      const reaction = table?.why[`reaction:${key}`];
      if (reaction) lines.push({ key: `${key}?`, html: reaction });
    }
    const { next } = last;
    moment = view.moments.find((other) => other.id === next);
  }
  return { lines };
}

const spoken = (who, html) => h("div", {}, h("span", { class: "mb-who" }, who), trusted("div", {}, html));

export function build(ctx) {
  const { view, table } = ctx.spec;
  const patient = view.case?.title.split(",")[0] ?? "Patient";
  const askId = uid();
  let marked = null;
  let shown = [];

  const talk = h("ol", { class: "mb-talk" });
  const asked = h("p", { class: "mb-label", id: askId });
  const choices = h("div", { class: "mb-choices" });
  const ask = h("div", { role: "group", "aria-labelledby": askId }, asked, choices);
  const over = h("p", { class: "mb-quiet", tabindex: "-1" }, OVER);
  const again = h("button", { type: "button", class: "mb-secondary", onclick: begin }, "Begin again");
  const own = view.own ? freeText(ctx, { field: "own", label: "Now in your own words: what would you say?", rows: 3 }) : null;
  const models = h("div", {});
  const ownPart =
    own && h("div", { class: "mb-own" }, view.own !== true && h("div", { class: "mb-paper" }, spoken(patient, view.own)), own.element, models);

  const atoms = () => ctx.answer.atoms.filter((atom) => atom.includes("/"));

  function begin() {
    ctx.change(change(ctx.answer, { remove: atoms() }));
    talk.lastChild.focus();
  }

  function choose({ id, attempt }, reply) {
    const before = talk.children.length;
    ctx.change(change(ctx.answer, { add: [`${id}/${attempt}:${reply.id}`] }));
    // The next thing said: after one's own line, what the patient does or says; at the end, that it is over.
    (talk.children[before + 1] ?? over).focus();
    const fault = table?.why[`fault:${id}:${reply.id}`];
    const { open } = follow(ctx.spec, ctx.answer);
    ctx.announce([fault && words(fault), open?.id === id && `Try ${open.attempt} of ${view.tries}.`, !open && OVER].filter(Boolean).join(" "));
  }

  function row({ mine, html, fault, why, right, others }) {
    const about = h("div", {});
    return {
      element: h("li", { class: mine ? "mb-you" : "mb-paper", tabindex: "-1" }, spoken(mine ? "You" : patient, html), about),
      show() {
        const reason = marked && table.why[why];
        fill(
          about,
          mine && (fault || reason) && verdict(right ? "right" : "neutral", fault ? words(fault) : "This carries the moment.", reason),
          reason && others.length > 0 && h("details", {}, h("summary", {}, "What else could have been said"), others.map((other) => verdict("neutral", words(other.html), table.why[other.why]))),
        );
      },
    };
  }

  function refresh(answer) {
    const { lines, open } = follow(ctx.spec, answer);
    let same = 0;
    while (same < shown.length && shown[same].key === lines[same]?.key) same++;
    for (const gone of shown.splice(same)) gone.element.remove();
    for (const next of lines.slice(same)) {
      const built = { key: next.key, ...row(next) };
      shown.push(built);
      talk.append(built.element);
    }
    for (const one of shown) one.show();
    ask.hidden = !open;
    if (open) {
      say(asked, open.attempt > 1 ? `What do you say instead? Try ${open.attempt} of ${view.tries}` : "What do you say?");
      const button = (reply) => trusted("button", { type: "button", class: "mb-option mb-choice", onclick: () => choose(open, reply) }, reply.html);
      fill(choices, ...open.left.map(button));
    }
    over.hidden = Boolean(open);
    again.hidden = !atoms().length || (table && !marked);
    if (own) {
      own.refresh(answer);
      ownPart.hidden = Boolean(open) && !answer.texts.own;
    }
  }

  return {
    element: h("div", { class: "mb-scene" }, caseFold(view.case), talk, ask, over, again, ownPart),
    refresh,
    showFeedback(mark) {
      marked = mark;
      fill(models, mark && own && compare(table, "own"));
      refresh(ctx.answer);
    },
    focusFirst: () => (choices.querySelector("button") ?? talk.firstChild).focus(),
    fieldLabel: (name) => (name === "own" ? "your own reply" : `moment ${name.split("/")[0]}`),
  };
}

export function describe(spec, answer) {
  const { lines } = follow(spec, answer);
  const said = lines.map(({ mine, html }) => `${mine ? "You" : "Patient"}: ${words(html)}`).join("\n");
  return [["The conversation", answer.atoms.length ? said : ""], ...(spec.view.own ? [["Your own reply", answer.texts.own ?? ""]] : [])];
}
