// The search of a site: an index in scripts beside it, as pages of a folder may load nothing else.
(() => {
  "use strict";
  for (const link of document.querySelectorAll(".site-search-link")) link.hidden = false;
  const form = document.getElementById("search");
  if (!form) return;
  const words = document.getElementById("words");
  const chosen = document.getElementById("channel");
  const status = document.getElementById("status");
  const list = document.getElementById("results");
  // Results are shown by and by, as readers come to the end of them.
  const more = 200;
  let found = [];
  // Letters without accents, in small letters; as many as there were, so that places agree.
  const plain = (text) => Array.from(text, (letter) => {
    const bare = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return bare.length === letter.length ? bare : letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter;
  }).join("");
  const loaded = new Map();
  window.scrollbackIndex = ([channel, pages]) => loaded.set(channel, pages);
  const load = (channel) => new Promise((resolve) => {
    if (loaded.has(channel)) return resolve();
    const script = document.createElement("script");
    script.src = "search/" + encodeURIComponent(channel) + ".js";
    script.onload = script.onerror = () => resolve();
    document.head.append(script);
  });
  // Names and times may go in different directions.
  const apart = (text) => {
    const words = document.createElement("bdi");
    words.textContent = text;
    return words;
  };
  const marked = (text, asked) => {
    const folded = plain(text);
    // The words may all be in the author's name.
    const places = asked.map((word) => folded.indexOf(word)).filter((at) => at >= 0);
    const first = places.length ? Math.max(0, Math.min(...places) - 60) : 0;
    const shown = text.slice(first, first + 240);
    const paragraph = document.createElement("p");
    paragraph.dir = "auto";
    if (first > 0) paragraph.append("…");
    let at = 0;
    const view = plain(shown);
    while (at < shown.length) {
      let next = null;
      for (const word of asked) {
        const found = view.indexOf(word, at);
        if (found >= 0 && (!next || found < next.at)) next = { at: found, length: word.length };
      }
      if (!next) break;
      paragraph.append(shown.slice(at, next.at));
      const mark = document.createElement("mark");
      mark.textContent = shown.slice(next.at, next.at + next.length);
      paragraph.append(mark);
      at = next.at + next.length;
    }
    paragraph.append(shown.slice(at) + (first + 240 < text.length ? "…" : ""));
    return paragraph;
  };
  const item = ([page, channel, id, author, time, text], asked) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = page + "#message-" + encodeURIComponent(id);
    link.append(apart(author));
    const where = document.createElement("span");
    where.className = "site-count";
    where.append(" ", apart(channel), " · ", apart(time));
    item.append(link, where, marked(text, asked));
    return item;
  };
  let asked = [];
  const show = () => {
    ends.disconnect();
    const shown = list.childElementCount;
    for (const one of found.slice(shown, shown + more)) list.append(item(one, asked));
    if (list.childElementCount < found.length) ends.observe(list.lastElementChild);
  };
  const ends = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) show(); });
  let turn = 0;
  const search = async () => {
    const mine = ++turn;
    asked = plain(words.value).split(/\s+/).filter(Boolean);
    ends.disconnect();
    list.replaceChildren();
    found = [];
    status.textContent = "";
    const place = new URL(location.href);
    place.search = new URLSearchParams({ q: words.value, c: chosen.value }).toString();
    history.replaceState(null, "", place);
    if (!asked.length) return;
    const options = Array.from(chosen.options).slice(1);
    for (const option of options) {
      if (chosen.value && option.value !== chosen.value) continue;
      await load(option.value);
      if (mine !== turn) return;
      for (const [page, messages] of loaded.get(option.value) || []) {
        for (const [id, author, time, text] of messages) {
          const all = plain(author + " " + text);
          if (!asked.every((word) => all.includes(word))) continue;
          found.push([page, option.textContent, id, author, time, text]);
        }
      }
    }
    show();
    status.textContent = found.length ? status.dataset.results.replace("{count}", found.length) : status.dataset.nothing;
  };
  form.hidden = false;
  const given = new URLSearchParams(location.search);
  words.value = given.get("q") || "";
  chosen.value = given.get("c") || "";
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  let wait;
  words.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 200); });
  chosen.addEventListener("change", search);
  if (words.value) search(); else words.focus();
})();
