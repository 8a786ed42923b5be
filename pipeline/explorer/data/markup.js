// Builds the elements of a page from data; a text is only ever set as text.

function build(node) {
  const [tag, attributes, ...children] = node;
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) {
    element.append(Array.isArray(child) ? build(child) : child);
  }
  return element;
}

// Scrolls a box, not the page, so that the mark stands in its middle.
function reveal(mark) {
  const box = mark.closest('.paper, .sheet');
  if (!box) return;
  const place = mark.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  box.scrollTop += place.top - frame.top - (frame.height - place.height) / 2;
  box.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
}

// A plain click goes to the page within this session; all others are left to the browser.
function follow(event) {
  const anchor = event.target.closest('a[href]');
  if (!anchor || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
    return;
  }
  event.preventDefault();
  const jump = anchor.getAttribute('data-jump');
  if (jump) {
    const mark = anchor.getRootNode().querySelector('#' + jump);
    if (mark) {
      reveal(mark);
      mark.focus();
    }
    return;
  }
  window.history.pushState({}, '', anchor.href);
  window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}

async function copy(event) {
  const button = event.target.closest('button[data-copy]');
  if (!button) return;
  const text = button.getAttribute('data-copy');
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without permission, or not on localhost: select it, so that the keyboard can copy it.
    const field = button.parentElement.querySelector('.copyable');
    const range = document.createRange();
    range.selectNodeContents(field);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return;
  }
  button.textContent = button.getAttribute('data-done');
}

export default function (component) {
  const root = component.parentElement.querySelector('#root');
  root.replaceChildren(build(component.data));
  root.onclick = (event) => {
    follow(event);
    copy(event);
  };
  requestAnimationFrame(() => {
    root.querySelectorAll('[data-reveal]').forEach(reveal);
  });
}
