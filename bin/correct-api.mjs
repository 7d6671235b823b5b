// Runs after jsii-docgen. jsii does not let a struct redeclare an inherited property, so API.md repeats the words of aws-cdk-lib for it. The doc
// comment of the struct has a list of the properties that differ here; this writes each item of that list at its properties.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { types } = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));
const file = join(root, 'API.md');

let api = readFileSync(file, 'utf8');
for (const { fqn, docs } of Object.values(types)) {
  for (const [name, correction] of correctionsIn(docs?.remarks ?? '')) {
    api = corrected(api, `${fqn}.property.${name}`, correction);
  }
}
writeFileSync(file, api);

/** The property and the text of each item, such as "`version` must be 1.32 or later." */
function correctionsIn(remarks) {
  const items = remarks.split('\n\n').filter((block) => block.startsWith('- `')).flatMap((block) => block.split(/\n(?=- )/));
  return items.map((item) => {
    const [, text, name] = /^- (`(\w+)`[^]*)$/.exec(item);
    return [name, text.replace(/\s+/g, ' ').trim()];
  });
}

/** Replaces the summary in the table of properties, and the description in the section of the property. */
function corrected(text, id, correction) {
  const row = new RegExp(`^(\\| <code><a href="#${id}">.*?</code> \\| .*? \\| ).*( \\|)$`, 'm');
  const section = new RegExp(`(id="${id}"></a>\\n[^]*?\\n- \\*Type:\\* .*\\n(?:- \\*Default:\\* .*\\n)?\\n)[^]*?(\\n---\\n)`);
  if (!row.test(text) || !section.test(text)) {
    throw new Error(`API.md has no ${id}, which a doc comment corrects`);
  }
  const [summary] = correction.split(/(?<=\.) /);
  return text.replace(row, (_, before, after) => `${before}${summary}${after}`)
    .replace(section, (_, before, after) => `${before}${correction}\n${after}`);
}
