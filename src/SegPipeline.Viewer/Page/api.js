// Asks the server. An answer that tells of problems is an error that carries them.
export class Refused extends Error {
  constructor(status, problems) {
    super(problems[0] ?? `the server answered ${status}`);
    this.problems = problems.length > 0 ? problems : [this.message];
    this.status = status;
  }
}

async function json(address, signal) {
  const answer = await fetch(address, { signal }).catch(error => {
    if (error.name === 'AbortError') throw error;
    throw new Refused(0, ['segpipe view does not answer: it may have been ended, or its machine cannot be reached']);
  });
  if (answer.ok) return answer.json();
  let problems = [];
  if (answer.headers.get('content-type')?.startsWith('application/json')) problems = (await answer.json()).problems;
  throw new Refused(answer.status, problems);
}

const with_ = (query, more) => {
  const all = new URLSearchParams(query);
  for (const [name, value] of Object.entries(more)) all.set(name, value);
  return all;
};

export const about = () => json('api/about');
export const list = (query, offset, limit, signal) => json(`api/entries?${with_(query, { offset, limit })}`, signal);
export const place = (query, key, signal) => json(`api/find?${with_(query, { key })}`, signal);
export const entry = (number, signal) => json(`api/entries/${number}`, signal);
export const shapes = (number, side, frame, signal) => json(`api/entries/${number}/${side}/${frame}/shapes`, signal);
export const photo = (number, side, frame) => `api/entries/${number}/${side}/${frame}/photo`;
export const thumbnail = (number, side) => `api/entries/${number}/${side}/thumbnail`;
