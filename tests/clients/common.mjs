// What each client does at the gateway, and what it must get.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

export const base = `${process.argv[2]}/occupational-health/fhir`;
export const system = 'http://example.org/tests/organisations';

/** An organisation with an identifier that no other has. */
export const organization = (name) => ({
  resourceType: 'Organization', name, active: true,
  identifier: [{ system, value: randomUUID() }],
});

/** A transaction that creates a county's service and who provides it, the service first. */
export const transaction = () => {
  const url = `urn:uuid:${randomUUID()}`;
  return {
    resourceType: 'Bundle', type: 'transaction',
    entry: [
      {
        resource: {
          resourceType: 'Organization', name: 'A branch', partOf: { reference: url },
          identifier: [{ system, value: randomUUID() }],
        },
        request: { method: 'POST', url: 'Organization' },
      },
      { fullUrl: url, resource: organization('A county'), request: { method: 'POST', url: 'Organization' } },
    ],
  };
};

export const assertStored = (bundle) => {
  assert.equal(bundle.type, 'transaction-response');
  assert.deepEqual(bundle.entry.map((entry) => entry.response.status), ['201', '201']);
  assert.equal(bundle.entry[0].resource.partOf.reference, `Organization/${bundle.entry[1].resource.id}`);
};

/** Runs the steps one after the other; each that holds is told by its name. */
export const run = async (steps) => {
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
      console.log(`ok ${name}`);
    } catch (fault) {
      console.log(`FAILED ${name}: ${fault.stack ?? JSON.stringify(fault)}`);
      process.exitCode = 1;
      return;
    }
  }
};
