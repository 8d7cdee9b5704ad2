// npm's fhirclient (SMART's JavaScript client), unchanged, at the gateway.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { assertStored, base, organization, run, system, transaction } from './common.mjs';

const FhirClient = createRequire(import.meta.url)('fhirclient/lib/FhirClient').default;
const client = new FhirClient(base);
const sent = organization('Made by fhirclient');
const json = { 'Content-Type': 'application/fhir+json' };
let stored;

await run({
  capability: async () => {
    assert.equal(await client.getFhirVersion(), '4.0.1');
    assert.equal(await client.getFhirRelease(), 4);
  },
  create: async () => {
    stored = await client.create(sent);
    assert.equal(stored.meta.versionId, '1');
  },
  'conditional create': async () => {
    const again = await client.create(sent, {
      headers: { ...json, 'If-None-Exist': `identifier=${system}|${sent.identifier[0].value}` },
    });
    assert.equal(again.id, stored.id);
  },
  read: async () => assert.deepEqual(await client.fhirRequest(`Organization/${stored.id}`), stored),
  update: async () => {
    const changed = await client.update({ ...stored, name: 'Renamed' });
    assert.equal(changed.meta.versionId, '2');
  },
  'update with a stale ETag': async () => {
    await assert.rejects(
      client.update(stored, { headers: { ...json, 'If-Match': 'W/"1"' } }), (fault) => fault.status === 412);
  },
  vread: async () => {
    assert.equal((await client.fhirRequest(`Organization/${stored.id}/_history/1`)).name, sent.name);
  },
  history: async () => {
    const history = await client.fhirRequest(`Organization/${stored.id}/_history`);
    assert.deepEqual(history.entry.map((entry) => entry.resource.meta.versionId), ['2', '1']);
  },
  transaction: async () => assertStored(await client.fhirRequest(base, {
    method: 'POST', headers: json, body: JSON.stringify(transaction()),
  })),
  'search with paging': async () => {
    const seen = [];
    for await (const page of client.pages('Organization?_count=2')) {
      seen.push(...page.entry.map((entry) => entry.resource.id));
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(seen.includes(stored.id) && seen.length >= 3);
  },
  operation: async () => {
    const outcome = await client.fhirRequest('Organization/$validate', {
      method: 'POST', headers: json, body: JSON.stringify(sent),
    });
    assert.deepEqual(outcome.issue.map((issue) => issue.severity), ['information']);
  },
});
