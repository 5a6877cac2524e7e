// What the client wants of answers.

interface Answer<T, E> {
  data?: T;
  error?: E;
  response: Response;
}

// same ends the program unless two values have the same JSON.
export function same(what: string, got: unknown, wanted: unknown): void {
  if (stable(got) !== stable(wanted)) {
    throw new Error(`${what} is ${stable(got)}, not ${stable(wanted)}`);
  }
}

// stable is the JSON of a value with its members in order.
function stable(value: unknown): string {
  return JSON.stringify(value, (_, v) =>
    v !== null && typeof v === "object" && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort()) : v,
  ) ?? "undefined";
}

// must returns what an answer with the status brings.
export function must<T, E>(answer: Answer<T, E>, status: number): T {
  if (answer.response.status !== status) {
    throw new Error(`${answer.response.url}: ${answer.response.status}, not ${status}: ${JSON.stringify(answer.error)}`);
  }
  return answer.data as T;
}

// failed returns the error of an answer with the status.
export function failed<T, E>(answer: Answer<T, E>, status: number): E {
  if (answer.response.status !== status || answer.error === undefined) {
    throw new Error(`${answer.response.url}: ${answer.response.status}, not ${status}: ${JSON.stringify(answer.data)}`);
  }
  return answer.error;
}
