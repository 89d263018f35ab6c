// Questions to the program. Every answer is JSON; a refusal is thrown as what it says.

/** What this window is called, so that others know who wrote. */
export const ME = crypto.randomUUID().replaceAll("-", "");

async function answered(response) {
  let said = {};
  try {
    said = await response.json();
  } catch {
    said = { fault: "broken" };
  }
  if (!response.ok) throw said;
  return said;
}

/** Asks. */
export async function ask(path, values = {}) {
  const query = new URLSearchParams(values).toString();
  return answered(await fetch(query ? `${path}?${query}` : path, { headers: { accept: "application/json" } }));
}

/** Has something done. */
export async function order(path, body = {}) {
  const headers = { "content-type": "application/json", "x-hyoka-desk": ME };
  return answered(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** Sends a file as it is. */
export async function send(path, values, file) {
  const headers = { "content-type": "application/octet-stream", "x-hyoka-desk": ME };
  return answered(await fetch(`${path}?${new URLSearchParams(values)}`, { method: "POST", headers, body: file }));
}

/** Listens for news; `lost` is told when the program is gone, `found` when it is there again. */
export function listen(heard, lost, found) {
  const source = new EventSource("/api/news");
  let wasLost = false;
  source.onmessage = (event) => heard(JSON.parse(event.data));
  source.onerror = () => {
    wasLost = true;
    lost();
  };
  source.onopen = () => {
    if (wasLost) found();
    wasLost = false;
  };
}
