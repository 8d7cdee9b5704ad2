// npm's @medplum/core, unchanged, at the gateway.
import assert from 'node:assert/strict';
import { assertStored, base, organization, run, system, transaction } from './common.mjs';

// Its subscriptions, which are not used here, want this name of browsers to be there.
globalThis.WebSocket ??= class {};
const { MedplumClient } = await import('@medplum/core');
const client = new MedplumClient({
  baseUrl: `${process.argv[2]}/`, fhirUrlPath: 'occupational-health/fhir', fetch, cacheTime: 0,
});
const sent = organization('Made by Medplum');
let stored;

await run({
  capability: async () => {
    assert.equal((await client.get(client.fhirUrl('metadata'))).fhirVersion, '4.0.1');
  },
  create: async () => {
    stored = await client.createResource(sent);
    assert.equal(stored.meta.versionId, '1');
  },
  'conditional create': async () => {
    const again = await client.createResourceIfNoneExist(sent, `identifier=${system}|${sent.identifier[0].value}`);
    assert.equal(again.id, stored.id);
  },
  read: async () => assert.deepEqual(await client.readResource('Organization', stored.id), stored),
  update: async () => {
    const changed = await client.updateResource({ ...stored, name: 'Renamed' });
    assert.equal(changed.meta.versionId, '2');
  },
  'update with a stale ETag': async () => {
    await assert.rejects(
      client.updateResource(stored, { headers: { 'If-Match': 'W/"1"' } }),
      (fault) => fault.outcome.issue[0].details.coding[0].code === 'SEND_PRECONDITION_FAILED');
  },
  vread: async () => {
    assert.equal((await client.readVersion('Organization', stored.id, '1')).name, sent.name);
  },
  history: async () => {
    const history = await client.readHistory('Organization', stored.id);
    assert.deepEqual(history.entry.map((entry) => entry.resource.meta.versionId), ['2', '1']);
  },
  transaction: async () => assertStored(await client.executeBatch(transaction())),
  'search with paging': async () => {
    const seen = [];
    for await (const page of client.searchResourcePages('Organization', '_count=2')) {
      seen.push(...page.map((resource) => resource.id));
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(seen.includes(stored.id) && seen.length >= 3);
  },
  operation: async () => {
    const outcome = await client.post(client.fhirUrl('Organization', '$validate'), sent);
    assert.deepEqual(outcome.issue.map((issue) => issue.severity), ['information']);
  },
});
