// The one place that talks to the sandbox: JSON over this same address, nothing else.

/** Nobody answers: the sandbox was stopped, or is being started again. */
export class Gone extends Error {}

/** The sandbox answered, and the answer is no. */
export class Refused extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

async function request(path, options) {
  let answer, body;
  try {
    answer = await fetch(path, options);
    body = await answer.text();
  } catch {
    throw new Gone();
  }
  if (!answer.ok) throw new Refused(answer.status, reason(body) || answer.statusText);
  return body ? JSON.parse(body) : null;
}

function reason(body) {
  try {
    const { description, error } = JSON.parse(body);
    return description ?? error;
  } catch {
    return body.split("\n", 1)[0].slice(0, 200);
  }
}

export const ask = (path, signal) => request(path, { signal });

export const tell = (path, body = {}) =>
  request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

/** Wait `milliseconds`, or until `signal` ends the wait early. */
export const pause = (milliseconds, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
