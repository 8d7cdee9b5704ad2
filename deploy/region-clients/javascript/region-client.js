// Reads a county's queue, keeps every message as a file, responds to it and, with --accept, accepts handoffs.
//   AMQP_URL=amqps://user:password@host:5671/region-08 node region-client.js [--accept] [--folder received]
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import amqp from 'amqplib';

const { values: options } = parseArgs({
  options: { accept: { type: 'boolean', default: false }, folder: { type: 'string', default: 'received' } },
});
const properties = { contentType: 'application/fhir+json', persistent: true, mandatory: true };
mkdirSync(options.folder, { recursive: true, mode: 0o700 });

for (;;) {
  await serve().catch((fault) => console.error(`${fault.message}; connecting again`));
  await sleep(1000);
}

async function serve() {
  const connection = await amqp.connect(process.env.AMQP_URL);
  const ended = new Promise((_, end) => {
    connection.on('error', end);
    connection.on('close', () => end(new Error('the connection has ended')));
  });
  try {
    await Promise.race([ended, read(connection)]);
  } finally {
    await connection.close().catch(() => {});
  }
}

// Ends with the first fault; what was not acknowledged by then comes again.
async function read(connection) {
  const channel = await connection.createConfirmChannel();
  const failed = new Promise((_, fail) => {
    channel.on('error', fail);
    channel.on('return', () => fail(new Error('nobody would get what we write')));
    // One after the other: a handoff and its withdrawal must not overtake each other.
    let before = channel.prefetch(16);
    channel.consume('inbox', (delivery) => {
      before = before.then(() => take(channel, delivery));
      before.catch(fail);
    }).then(() => console.log('reading'), fail);
  });
  await failed;
}

async function take(channel, delivery) {
  const bundle = JSON.parse(delivery.content);
  const header = bundle.entry[0].resource;
  if (header.response) {
    // What became of a message of ours. It is not responded to.
    console.log(`${header.response.identifier}: ${header.response.code}`);
  } else {
    // Kept before it is responded to. A message may come twice: its MessageHeader.id tells.
    const known = await keep(header.id, delivery.content);
    console.log(`${header.id}: ${header.eventCoding.code}${known ? ' again' : ''}`);
    await publish(channel, message(header, 'ok', { response: { identifier: header.id, code: 'ok' } }));
    if (options.accept && header.eventCoding.code === 'handoff-request') await publish(channel, acceptance(bundle, header));
  }
  channel.ack(delivery);
}

async function keep(id, content) {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) throw new Error('not an id');
  const file = join(options.folder, `${id}.json`);
  if (existsSync(file)) return true;
  const handle = await open(`${file}.part`, 'w', 0o600);
  await handle.writeFile(content);
  await handle.sync();
  await handle.close();
  await rename(`${file}.part`, file);
  return false;
}

function acceptance(bundle, header) {
  const focus = header.focus[0].reference;
  const task = bundle.entry.find(({ fullUrl, resource }) => [fullUrl, `Task/${resource.id}`].includes(focus)).resource;
  const id = idOf(header, 'accepted task');
  const { identifier, groupIdentifier, intent, code } = task;
  return message({ ...header, eventCoding: { ...header.eventCoding, code: 'handoff-response' } }, 'accepted',
    { focus: [{ reference: `urn:uuid:${id}` }] },
    { resourceType: 'Task', id, identifier, groupIdentifier, status: 'accepted', intent, code });
}

// The same ids whenever it is made anew, so that a message that is sent twice is known as one.
function message(about, purpose, more, ...content) {
  const header = {
    resourceType: 'MessageHeader', id: idOf(about, `${purpose} header`), eventCoding: about.eventCoding,
    source: { name: 'A region', endpoint: 'urn:x:region-client' }, ...more,
  };
  return {
    resourceType: 'Bundle', id: idOf(about, `${purpose} bundle`), type: 'message',
    entry: [header, ...content].map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })),
  };
}

function idOf(header, purpose) {
  const hex = createHash('sha256').update(`${header.id} ${purpose}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function publish(channel, bundle) {
  return new Promise((resolve, reject) => {
    channel.publish('outbox', '', Buffer.from(JSON.stringify(bundle)), properties, (fault) => (fault ? reject(fault) : resolve()));
  });
}
