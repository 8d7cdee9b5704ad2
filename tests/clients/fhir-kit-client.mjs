// npm's fhir-kit-client, unchanged, at the gateway.
import assert from 'node:assert/strict';
import { Client } from 'fhir-kit-client';
import { assertStored, base, organization, run, system, transaction } from './common.mjs';

const client = new Client({ baseUrl: base });
const sent = organization('Made by fhir-kit-client');
const condition = `identifier=${system}|${sent.identifier[0].value}`;
let stored;

await run({
  capability: async () => {
    const statement = await client.capabilityStatement();
    assert.equal(statement.fhirVersion, '4.0.1');
    assert.ok(statement.rest[0].resource.some((resource) => resource.type === 'Organization'));
  },
  create: async () => {
    stored = await client.create({ resourceType: 'Organization', body: sent });
    assert.equal(stored.meta.versionId, '1');
  },
  'conditional create': async () => {
    const again = await client.create({
      resourceType: 'Organization', body: sent, options: { headers: { 'If-None-Exist': condition } },
    });
    assert.equal(again.id, stored.id);
  },
  read: async () => {
    const read = await client.read({ resourceType: 'Organization', id: stored.id });
    assert.deepEqual(read, stored);
  },
  update: async () => {
    const changed = await client.update({
      resourceType: 'Organization', id: stored.id, body: { ...stored, name: 'Renamed' },
      options: { headers: { 'If-Match': 'W/"1"' } },
    });
    assert.equal(changed.meta.versionId, '2');
  },
  'update with a stale ETag': async () => {
    await assert.rejects(client.update({
      resourceType: 'Organization', id: stored.id, body: stored, options: { headers: { 'If-Match': 'W/"1"' } },
    }), (fault) => fault.response.status === 412 && fault.response.data.resourceType === 'OperationOutcome');
  },
  vread: async () => {
    const first = await client.vread({ resourceType: 'Organization', id: stored.id, version: '1' });
    assert.equal(first.name, sent.name);
  },
  history: async () => {
    const history = await client.resourceHistory({ resourceType: 'Organization', id: stored.id });
    assert.deepEqual(history.entry.map((entry) => entry.resource.meta.versionId), ['2', '1']);
  },
  transaction: async () => assertStored(await client.transaction({ body: transaction() })),
  'search with paging': async () => {
    const seen = new Set();
    let page = await client.search({ resourceType: 'Organization', searchParams: { _count: 2 } });
    for (; page; page = await client.nextPage({ bundle: page })) {
      assert.ok(page.entry.length <= 2);
      for (const entry of page.entry) {
        assert.ok(!seen.has(entry.resource.id));
        seen.add(entry.resource.id);
      }
    }
    assert.ok(seen.has(stored.id) && seen.size >= 3);
  },
  'search by POST': async () => {
    const found = await client.resourceSearch({
      resourceType: 'Organization', searchParams: { identifier: condition.split('=')[1] }, options: { postSearch: true },
    });
    assert.deepEqual(found.entry.map((entry) => entry.resource.id), [stored.id]);
  },
  operation: async () => {
    const outcome = await client.operation({ resourceType: 'Organization', name: 'validate', input: sent });
    assert.deepEqual(outcome.issue.map((issue) => issue.severity), ['information']);
  },
  'a missing resource': async () => {
    await assert.rejects(
      client.read({ resourceType: 'Organization', id: 'missing' }), (fault) => fault.response.status === 404);
  },
});
