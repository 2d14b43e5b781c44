import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import type { AgencyAppOptions } from '@common-thread/platform/pages/agency-app';
import { IssuerClient } from '@common-thread/platform/pages/issuer-client';
import { JwtVerifier } from '@common-thread/platform/token-verifier';
import { AgencyFeed } from '@common-thread/projecting/agency-feed';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { createSignIn, issuerAddresses } from '../../apps/sign-in/create-sign-in.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import { ToldFeed } from '../feeds/told-feed.js';
import {
  OpenVault,
  TestAuditing,
  TestBreakingGlass,
  TestCommands,
  TestDrafts,
  TestErasing,
  TestFreshness,
  TestLookUp,
  TestSharingAgreements,
  TestStaffing,
  TestTellings,
} from './doubles.js';
import { TestCopies } from './copies-double.js';
import { freePort } from './free-port.js';
import { TestTokens } from './test-tokens.js';

export interface AgencyStart {
  readonly recipient: string;
  readonly organisation: string;
  readonly readModels: readonly ReadModel[];
  readonly create: (options: AgencyAppOptions) => Promise<NestFastifyApplication>;
}

/** Another agency of the county, whose people sign in at the same issuer. */
const ELSEWHERE = 'brook-and-vale.childrens-centre';
const SECRET = 'a session secret that only this test knows';

/** One agency's app over a real database, with a real sign-in, and doubles for the other apps. */
export class AgencyUnderTest {
  readonly vault = new OpenVault();
  readonly drafts = new TestDrafts();
  readonly commands = new TestCommands();
  readonly lookUp = new TestLookUp();
  readonly auditing = new TestAuditing();
  readonly breakingGlass = new TestBreakingGlass();
  readonly erasing = new TestErasing();
  readonly tellings = new TestTellings();
  readonly staffing = new TestStaffing();
  readonly copies = new TestCopies();
  readonly agreements = new TestSharingAgreements();
  readonly feed: ToldFeed;
  logged = '';

  private constructor(
    readonly publicUrl: URL,
    readonly pool: Pool,
    private readonly start: AgencyStart,
    private readonly closing: (() => Promise<unknown>)[],
  ) {
    this.feed = new ToldFeed(start.recipient);
  }

  static async start(start: AgencyStart): Promise<AgencyUnderTest> {
    const database = await freshDatabase();
    const schema = agencySchema(start.recipient);
    const pool = database.pool(6);
    await pool.query(`CREATE SCHEMA ${schema}`);
    const [issuerPort, port] = [await freePort(), await freePort()];
    const publicUrl = new URL(`http://127.0.0.1:${port}`);
    const closing: (() => Promise<unknown>)[] = [];
    const agency = new AgencyUnderTest(publicUrl, pool, start, closing);
    await agency.open(database, schema, issuerPort);
    return agency;
  }

  /** Folds what the feed has been told so far into the agency's own tables. */
  async fold(): Promise<void> {
    await this.agencyFeed.catchUp();
  }

  async stop(): Promise<void> {
    for (const close of this.closing.reverse()) await close();
  }

  tokens!: TestTokens;
  private agencyFeed!: AgencyFeed;

  private async open(database: TestDatabase, schema: string, issuerPort: number): Promise<void> {
    const { recipient, organisation } = this.start;
    const log = new Log({
      app: 'test',
      destination: { write: (line) => void (this.logged += line) },
    });
    const directory = await mkdtemp(join(tmpdir(), 'agency-'));
    const issuerUrl = new URL(`http://127.0.0.1:${issuerPort}`);
    const { issuer, keys } = issuerAddresses(issuerUrl);
    const client = { clientId: 'pages', clientSecret: 'a secret of the pages' };
    const elsewhere = { clientId: 'elsewhere', clientSecret: 'a secret of others' };
    const nowhere = new URL('http://127.0.0.1:9');
    const signIn = await createSignIn({
      publicUrl: issuerUrl,
      pages: [
        { ...client, recipient, organisation, publicUrl: this.publicUrl },
        { ...elsewhere, recipient: ELSEWHERE, organisation: 'Elsewhere', publicUrl: nowhere },
      ],
      systems: [],
      dataDirectory: directory,
      log,
      environment: new Environment({}),
    });
    await signIn.listen(issuerPort, '127.0.0.1');
    this.tokens = new TestTokens(
      new IssuerClient({ issuer, ...client, publicUrl: this.publicUrl }),
      new IssuerClient({ issuer, ...elsewhere, publicUrl: nowhere }),
      this.publicUrl.origin,
    );
    this.agencyFeed = new AgencyFeed({
      recipient,
      inbox: new PostgresInbox(this.pool, schema),
      store: new PostgresProjectionStore(this.pool, schema),
      readModels: this.start.readModels,
      pages: this.feed,
      now: () => new Date(),
    });
    await this.agencyFeed.prepare();
    const app = await this.start.create({
      recipient,
      organisation,
      log,
      tokens: JwtVerifier.remote(issuer.href, keys),
      issuer: { issuer, ...client, publicUrl: this.publicUrl },
      pool: this.pool,
      schema,
      sessionSecret: SECRET,
      freshness: new TestFreshness(() => this.agencyFeed.freshAsOf),
      ports: {
        commands: this.commands,
        revealing: this.vault,
        lookingUp: this.lookUp,
        drafts: this.drafts,
        auditing: this.auditing,
        breakingGlass: this.breakingGlass,
        erasing: this.erasing,
        tellings: this.tellings,
        staffing: this.staffing,
        copies: this.copies,
        agreements: this.agreements,
      },
    });
    await app.listen(Number(this.publicUrl.port), '127.0.0.1');
    this.closing.push(
      () => database.drop(),
      () => rm(directory, { recursive: true, force: true }),
      () => signIn.close(),
      () => app.close(),
    );
  }
}
