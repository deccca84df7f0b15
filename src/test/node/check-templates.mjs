// Validates every element template against Camunda's schema, and its name against its id.
import { readFileSync, readdirSync } from 'node:fs';
import Ajv from 'ajv';
import ajvErrors from 'ajv-errors';

const templates = 'bpmn/.camunda/element-templates/';
const schema = 'node_modules/@camunda/zeebe-element-templates-json-schema/resources/schema.json';
const read = file => JSON.parse(readFileSync(file, 'utf8'));

const ajv = new Ajv({ allErrors: true, strict: false });
ajvErrors(ajv);
const valid = ajv.compile(read(schema));

for (const file of readdirSync(templates)) {
  const template = read(templates + file);
  const problems = valid(template) ? [] : valid.errors.map(e => `${e.instancePath || '/'} ${e.message}`);
  if (file !== template.id + '.json') problems.push(`/id is ${template.id}, the file is named otherwise`);
  for (const problem of problems) console.error(`${templates}${file}: ${problem}`);
  if (problems.length) process.exitCode = 1;
}
