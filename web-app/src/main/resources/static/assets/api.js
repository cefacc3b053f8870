// Sends the requests of the forms on the API page and shows the responses, as text only: a response is never parsed as markup.
for (const form of document.querySelectorAll('form.try')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const headers = { Accept: 'application/json' };
    const query = new URLSearchParams();
    let path = form.dataset.path;
    let body;
    for (const field of form.querySelectorAll('[data-in]')) {
      const value = field.value.trim();
      if (field.dataset.in === 'path') path = path.replace(`{${field.name}}`, encodeURIComponent(value));
      else if (!value) continue;
      else if (field.dataset.in === 'query') query.set(field.name, value);
      else if (field.dataset.in === 'header') headers[field.name] = value;
      else { body = value; headers['Content-Type'] = 'application/json'; }
    }
    const output = form.querySelector('[role=status]');
    const show = (text) => {
      const pre = document.createElement('pre');
      pre.tabIndex = 0;
      pre.textContent = text;
      output.replaceChildren(pre);
    };
    try {
      const url = query.size ? `${path}?${query}` : path;
      const response = await fetch(url, { method: form.dataset.method, headers, body });
      const text = await response.text();
      const shown = ['location', 'etag', 'link', 'retry-after', 'read-after', 'server-timing']
        .filter((name) => response.headers.has(name)).map((name) => `${name}: ${response.headers.get(name)}`);
      let pretty = text;
      try { pretty = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: shown unchanged */ }
      show([`${form.dataset.method} ${url}`, `${response.status} ${response.statusText}`.trim(), ...shown, '', pretty].join('\n').trim());
    } catch (error) {
      show(`No response: ${error.message}`);
    }
  });
}
