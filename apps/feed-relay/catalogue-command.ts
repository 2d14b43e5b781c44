import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inWords } from '@common-thread/catalogue/breaking-change';
import { catalogueFiles, json } from '@common-thread/catalogue/catalogue';
import { tableNow, underTheSameVersion } from '@common-thread/catalogue/disclosure-changes';
import { breaksOf, declaredNow, grown } from '@common-thread/catalogue/release';
import { earlierTables } from '@common-thread/disclosure/tables';
import { released, releasedTable } from '@common-thread/catalogue/released';

/**
 * `npm run catalogue`: writes docs/catalogue anew. With `--release` what is declared now counts as released:
 * from then on a change that would break it fails the build.
 */
const [option, ...more] = process.argv.slice(2);
if ((option !== undefined && option !== '--release') || more.length > 0) {
  process.stderr.write('Run `npm run catalogue`, or `npm run catalogue -- --release`.\n');
  process.exit(2);
}

const now = declaredNow();
const breaks = breaksOf(released, now);
if (breaks.length > 0) {
  process.stderr.write(
    `Nothing was written: ${breaks.length} changes would break what was released.\n`,
  );
  for (const change of breaks) process.stderr.write(`- ${inWords(change)}\n`);
  process.exit(1);
}

const retold = underTheSameVersion(releasedTable, tableNow);
if (retold.length > 0) {
  process.stderr.write(
    'Nothing was written: the disclosure table differs from what was released under its version. ' +
      `Raise the version once somebody has decided it (\`npm run disclosure -- diff\` says what).\n`,
  );
  for (const each of retold) process.stderr.write(`- ${each}\n`);
  process.exit(1);
}

const release = option === '--release' ? grown(released, now) : released;
if (option === '--release') {
  const folder = resolve('libs/catalogue/released');
  writeFileSync(join(folder, 'events.json'), json(release.events));
  writeFileSync(join(folder, 'feeds.json'), json({ ...release.feeds }));
  writeFileSync(join(folder, 'samples.json'), json(release.samples));
  writeFileSync(join(folder, 'disclosure.json'), json({ ...tableNow }));
  if (releasedTable.version < tableNow.version) {
    // In force until somebody switches, and needed for ever to read what was told by it.
    const earlier = { tables: [...earlierTables, releasedTable] };
    writeFileSync(resolve('libs/disclosure/earlier-tables.json'), json(earlier));
  }
  process.stdout.write(`released: ${Object.keys(release.events).length} event versions\n`);
}

const folder = resolve('docs/catalogue');
rmSync(folder, { recursive: true, force: true });
const files = catalogueFiles(release);
for (const [path, text] of files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
process.stdout.write(`wrote ${files.size} files to ${folder}\n`);
