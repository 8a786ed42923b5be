// The pages work without this; it adds suggestions, copying, scrolling to a mark, news of a
// publication, and in a folder of files the search. A text is only ever set as text.
'use strict';

const page = document.documentElement;

// Scrolls a box, not the page, so that the mark stands in its middle.
function reveal(mark) {
  const box = mark.closest('.paper, .sheet');
  if (!box) return;
  const place = mark.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  box.scrollTop += place.top - frame.top - (frame.height - place.height) / 2;
  box.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
}

async function copy(button, text, field) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without permission, or not on localhost: select it, so that the keyboard can copy it.
    if (field) window.getSelection().selectAllChildren(field);
    return;
  }
  button.textContent = button.dataset.done;
}

document.addEventListener('click', (event) => {
  const jump = event.target.closest('a[data-jump]');
  if (jump) {
    const mark = document.getElementById(jump.dataset.jump);
    if (mark) {
      event.preventDefault();
      reveal(mark);
      mark.focus({ preventScroll: true });
    }
  }
  const mark = event.target.closest('[data-to]');
  if (mark) location.href = mark.dataset.to;
  const button = event.target.closest('button[data-copy], button[data-copy-address]');
  if (!button) return;
  const field = button.parentElement.querySelector('.copyable');
  copy(button, button.hasAttribute('data-copy') ? field.textContent : location.href, field);
});

// What scrolls sideways can be reached by the keyboard; what does not is no stop.
function stops() {
  for (const box of document.querySelectorAll('.wide')) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    box.classList.toggle('scrolls', scrolls);
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
}
stops();
window.addEventListener('resize', stops);
document.querySelectorAll('[data-reveal]').forEach(reveal);
for (const code of document.querySelectorAll('[data-embed]')) {
  code.textContent = code.textContent.replace(
    code.dataset.embed, new URL(code.dataset.embed, location.href).href);
}

// On paper everything is unfolded, and says where it comes from.
window.addEventListener('beforeprint', () => {
  document.querySelectorAll('details').forEach((one) => { one.open = true; });
  const address = document.querySelector('.address');
  if (address) address.textContent = `${location.href} · ${new Date().toISOString().slice(0, 10)}`;
});

// Ctrl+Enter runs what is written; once it has run, it stands in the address.
const sql = document.querySelector('textarea[name=sql]');
if (sql) {
  sql.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) sql.form.requestSubmit();
  });
  const address = sql.form.dataset.address;
  if (address) history.replaceState(null, '', address);
}

// A list of indicators is narrowed by what is typed above it.
for (const field of document.querySelectorAll('input[data-narrows]')) {
  field.addEventListener('input', () => {
    const words = field.value.trim().toLowerCase().split(/\s+/);
    const list = document.getElementById(field.dataset.narrows);
    for (const item of list.querySelectorAll('li')) {
      const text = item.textContent.toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of list.querySelectorAll('details')) {
      const left = group.querySelectorAll('li:not([hidden])').length;
      group.hidden = !left;
      group.open = Boolean(field.value.trim()) && left > 0;
    }
  });
}

const search = document.querySelector('form.search');
if (search && search.hasAttribute('data-offline')) {
  // A folder of files: search.js has put what there is to find into window.gongkai.
  const list = document.getElementById('found');
  const root = new URL('.', document.querySelector('script[src$="search.js"]').src);
  const show = () => {
    const words = search.elements.q.value.trim().toLowerCase();
    const found = words
      ? (window.gongkai || []).filter((one) => one.words.toLowerCase().includes(words)) : [];
    list.replaceChildren(...found.slice(0, 20).map((one) => {
      const link = document.createElement('a');
      link.href = new URL(one.to, root).href;
      link.textContent = one.name;
      const item = document.createElement('li');
      item.append(link);
      return item;
    }));
  };
  search.addEventListener('submit', (event) => { event.preventDefault(); show(); });
  search.elements.q.addEventListener('input', show);
} else if (search) {
  const list = document.getElementById('suggestions');
  let asked = 0;
  const suggest = async (words) => {
    asked += 1;
    const mine = asked;
    const answer = await fetch(`suggest?q=${encodeURIComponent(words)}&lang=${page.lang}`);
    if (!answer.ok || mine !== asked) return;
    list.replaceChildren(...(await answer.json()).map((name) => {
      const option = document.createElement('option');
      option.value = name;
      return option;
    }));
  };
  let waiting;
  search.elements.q.addEventListener('input', (event) => {
    clearTimeout(waiting);
    const words = event.target.value.trim();
    if (words) waiting = setTimeout(() => suggest(words).catch(() => {}), 150);
  });
}

// Another publication is shown as soon as it is there, unless somebody is writing.
if (page.hasAttribute('data-live')) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const now = await (await fetch('publication')).text();
      const writes = [...document.querySelectorAll('input[type=search], textarea')]
        .some((one) => one.value !== one.defaultValue);
      if (now !== page.dataset.publication && !writes) location.reload();
    } catch {
      // The server is away; the page stays.
    }
  }, 4000);
}
