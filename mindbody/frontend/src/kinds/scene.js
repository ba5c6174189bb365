// A conversation, moment by moment. What was said is read off the atoms, so a reload finds it as it stood.

import { change, has } from "../answer.js";
import { h, say, trusted, uid, words } from "../dom.js";
import { freeText } from "../free-text.js";
import { FULL } from "../rule.js";
import { caseFold, compare } from "../talk.js";
import { fill, verdict } from "../verdict.js";

export const kind = "scene";

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
      const here = moment;
      last = here.replies.find(({ id }) => has(answer, `${here.id}/${attempt}:${id}`));
      if (!last) return { lines, open: { moment, tried, attempt } };
      tried.push(last.id);
      const right = !credits || credits[`${moment.id}/1:${last.id}`] === FULL;
      over = right || attempt === view.tries;
      const key = `${moment.id}:${last.id}`;
      const others = over ? here.replies.filter(({ id }) => !tried.includes(id)).map(({ id, html }) => ({ html, why: `${here.id}/1:${id}` })) : [];
      const fault = table?.why[`fault:${key}`];
      lines.push({ key: `${moment.id}/${attempt}:${last.id}`, mine: true, html: last.html, why: `${moment.id}/1:${last.id}`, fault, right, others });
      const reaction = table?.why[`reaction:${key}`];
      if (reaction) lines.push({ key: `${key}?`, html: reaction });
    }
    const { next } = last;
    moment = view.moments.find(({ id }) => id === next);
  }
  return { lines, open: null };
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
  const over = h("p", { class: "mb-quiet", tabindex: "-1" }, "The conversation ends here.");
  const again = h("button", { type: "button", class: "mb-secondary", onclick: begin }, "Begin again");
  const own = view.own ? freeText(ctx, { field: "own", label: "Now in your own words: what would you say?", rows: 3 }) : null;
  const models = h("div", {});
  const ownPart =
    own && h("div", { class: "mb-own" }, view.own !== true && h("div", { class: "mb-paper" }, spoken(patient, view.own)), own.element, models);

  // On paper nobody can choose: the other moments are printed too, as long as nothing was said.
  const rest = h(
    "div",
    { class: "mb-printed", "aria-hidden": "true" },
    view.moments.slice(1).map(({ says, replies }) => h("div", {}, spoken(patient, says), h("ul", {}, replies.map(({ html }) => trusted("li", {}, html))))),
  );

  const atoms = () => ctx.answer.atoms.filter((atom) => atom.includes("/"));

  function begin() {
    ctx.change(change(ctx.answer, { remove: atoms() }));
    talk.lastChild.focus();
  }

  function choose(moment, attempt, reply) {
    const before = talk.children.length;
    ctx.change(change(ctx.answer, { add: [`${moment.id}/${attempt}:${reply.id}`] }));
    // The next thing said: after one's own line, what the patient does or says; at the end, that it is over.
    const next = [...talk.children].slice(before + 1).find((row) => !row.classList.contains("mb-you"));
    (next ?? over).focus();
    const fault = table?.why[`fault:${moment.id}:${reply.id}`];
    const { open } = follow(ctx.spec, ctx.answer);
    if (fault) ctx.announce(`${words(fault)} ${open?.moment === moment ? `Try ${open.attempt} of ${view.tries}.` : ""}`);
    else if (!open) ctx.announce("The conversation ends here.");
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
      const { moment, tried, attempt } = open;
      say(asked, attempt > 1 ? `What do you say instead? Try ${attempt} of ${view.tries}` : "What do you say?");
      fill(
        choices,
        ...moment.replies
          .filter(({ id }) => !tried.includes(id))
          .map((reply) =>
            trusted("button", { type: "button", class: "mb-choice", onclick: () => choose(moment, attempt, reply) }, reply.html),
          ),
      );
    }
    rest.hidden = lines.length > 1;
    over.hidden = Boolean(open);
    again.hidden = !atoms().length || (table && !marked);
    if (own) {
      own.refresh(answer);
      ownPart.hidden = Boolean(open) && !answer.texts.own;
    }
  }

  return {
    element: h("div", { class: "mb-scene" }, caseFold(view.case), talk, ask, rest, over, again, ownPart),
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
