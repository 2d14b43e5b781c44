import type { OpenAPIObject } from '@nestjs/swagger';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { describeAgency } from '@common-thread/platform/pages/agency-app';
import { ChildrensCentreModule } from './childrens-centre.module.js';

/** The document of this app's queries; the pool is never connected. */
export async function describeQueries(): Promise<OpenAPIObject> {
  const pool = createPool({ url: 'postgres://127.0.0.1:9/none', applicationName: 'describe' });
  const document = await describeAgency(
    'Children’s centre',
    pool,
    ChildrensCentreModule.onPool(pool),
  );
  await pool.end();
  return document;
}
