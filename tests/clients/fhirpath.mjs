// npm's fhirpath with its R4 model, as a second opinion: the results of many expressions over many resources.
//   node tests/clients/fhirpath.mjs QUESTIONS ANSWERS
// QUESTIONS: [{ file, expressions }]. ANSWERS: for each the results of each expression, as texts; null where it threw.
import { readFileSync, writeFileSync } from 'node:fs';
import fhirpath from 'fhirpath';
import model from 'fhirpath/fhir-context/r4/index.js';

const text = (item) => {
  if (item === null || typeof item !== 'object') return String(item);
  return item.asStr ?? (item.resourceType || Object.getPrototypeOf(item) === Object.prototype ? '{}' : item.toString());
};
const compiled = new Map();
const compile = (expression) => {
  if (!compiled.has(expression)) compiled.set(expression, fhirpath.compile(expression, model));
  return compiled.get(expression);
};
const answer = (resource, expression) => {
  try {
    return compile(expression)(resource, { resource, rootResource: resource }).map(text);
  } catch {
    return null;
  }
};

const [, , questions, answers] = process.argv;
const asked = JSON.parse(readFileSync(questions, 'utf8'));
writeFileSync(answers, JSON.stringify(asked.map(({ file, expressions }) => {
  const resource = JSON.parse(readFileSync(file, 'utf8'));
  return expressions.map((expression) => answer(resource, expression));
})));
