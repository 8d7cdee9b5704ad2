// Everything that a running system gives out: answers, handed-over messages, and all that it stores.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const examples = fileURLToPath(new URL('../../deploy/examples/', import.meta.url));
const json = { 'Content-Type': 'application/fhir+json' };
const bases = ['occupational-health', 'ips', 'regions'];
const events = {
  'coaching-request': 'ips', 'employment-status-update': 'ips', 'handoff-response': 'regions',
  'work-ability-referral': 'regions', 'catalogue-update': 'regions',
};
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Where an example goes, as deploy/examples/README.md says it. */
const addressOf = (name, resource) => {
  if (name.startsWith('16-')) return 'occupational-health/fhir/QuestionnaireResponse/$score';
  if (name.startsWith('21-')) return 'ips/fhir/$import-cases';
  if (name.startsWith('23-')) return 'ips/fhir/$import-records';
  if (resource.resourceType === 'Bundle') {
    const event = resource.entry[0].resource.eventCoding.code;
    return `${events[event] ?? 'occupational-health'}/fhir/$process-message`;
  }
  const base = name.startsWith('14b-') ? 'occupational-health' : 'ips';
  return `${base}/fhir/${resource.resourceType}`;
};

/** Posts every example, good and bad, in order; gives the name, what came back, and what was sent. */
export const postExamples = async (address) => {
  const seen = [];
  for (const name of readdirSync(examples).filter((file) => file.endsWith('.json')).sort()) {
    const text = readFileSync(examples + name, 'utf8');
    if (name === 'bad-broken.json') continue;
    const sent = JSON.parse(text);
    // A region answers to what it has been handed.
    if (name.startsWith('12a-')) await handedOver(address);
    const post = async (body) => seen.push([name, await (await fetch(
      `${address}/${addressOf(name, sent)}`, { method: 'POST', headers: json, body },
    )).json(), sent]);
    await post(text);
    // A preview stores nothing; the next examples tell of what it is about.
    if (name.startsWith('21-')) await post(text.replace('"dry-run", "valueBoolean": true', '"dry-run", "valueBoolean": false'));
  }
  return seen;
};

const handedOver = async (address) => {
  for (let i = 0; i < 400; i++) {
    const box = await (await fetch(`${address}/regions/fhir/$mailbox?region=07`)).json();
    if (box.entry?.length) return;
    await pause(25);
  }
  throw new Error('No handoff has reached its region.');
};

/** What all bases hold by now: every resource of every type that they list, and every page of it. */
export const stored = async (address) => {
  const seen = [];
  for (const base of bases) {
    const statement = await (await fetch(`${address}/${base}/fhir/metadata`)).json();
    seen.push([`${base}/metadata`, statement]);
    for (const { type, interaction = [], searchParam = [] } of statement.rest[0].resource) {
      if (!interaction.some(({ code }) => code === 'search-type')) continue;
      // What is made when it is asked for wants parameters.
      if (type === 'MeasureReport') continue;
      let next = `${address}/${base}/fhir/${type}${searchParam.some((p) => p.name === '_lastUpdated') ? '?_count=100' : ''}`;
      while (next) {
        const page = await (await fetch(next)).json();
        seen.push([`${base}/${type}`, page]);
        for (const { resource } of page.entry ?? []) seen.push([`${base}/${type}/${resource.id}`, resource]);
        next = page.link?.find((link) => link.relation === 'next')?.url;
      }
    }
  }
  return seen;
};

/** The messages that wait for the counties that poll a mailbox. */
export const mailboxes = async (address) => {
  const seen = [];
  for (const region of ['07', '08']) {
    const box = await (await fetch(`${address}/regions/fhir/$mailbox?region=${region}`)).json();
    seen.push([`mailbox ${region}`, box]);
    for (const { resource } of box.entry ?? []) seen.push([`a message in mailbox ${region}`, resource]);
  }
  return seen;
};

/** Returns when what waits in mailboxes has not changed for a second, so that handoffs and answers are through. */
export const settled = async (address) => {
  let [before, still] = [-1, 0];
  for (let i = 0; i < 200 && still < 5; i++) {
    await pause(200);
    const now = (await mailboxes(address)).length;
    still = now === before ? still + 1 : 0;
    before = now;
  }
};
