import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Pool } from 'pg';
import type { Actor, Role } from '../actor.js';
import { Auditing } from '../auditing.js';
import { BreakingGlass, HttpBreakingGlass } from '../break-glass.js';
import { Commands } from '../commands.js';
import { CopiesOfRecords, HttpCopiesOfRecords } from '../copies-of-records.js';
import { DraftSealing } from '../drafts.js';
import { Erasing, HttpErasing } from '../erasing.js';
import type { HealthChecks } from '../health.js';
import { HttpAuditing } from '../http-auditing.js';
import { createHttpApp } from '../http-app.js';
import { HttpCommands } from '../commands.js';
import { HttpDraftSealing, HttpLookingUp, HttpRevealing } from '../http-vault.js';
import type { Log } from '../log.js';
import { LookingUp } from '../looking-up.js';
import { QueriesDocument, queriesDocument, QueriesDocumentRoutes } from '../queries-document.js';
import { Revealing } from '../revealing.js';
import { HttpSharingAgreements, SharingAgreements } from '../sharing-agreements.js';
import { HttpStaffing, Staffing } from '../staffing.js';
import { HttpTellings, Tellings } from '../tellings.js';
import type { TokenVerifier } from '../token-verifier.js';
import { Agency } from './agency.js';
import type { Freshness } from './freshness.js';
import type { IssuerOptions } from './issuer-client.js';
import { IssuerClient } from './issuer-client.js';
import { KeptForms } from './kept-forms.js';
import type { ServiceNames } from './layout.js';
import { createAgencyPages } from './pages.js';

/** What an agency's app reaches of the others: with each person's own token, and for drafts with its own. */
export interface AgencyPorts {
  readonly commands: Commands;
  readonly revealing: Revealing;
  readonly lookingUp: LookingUp;
  readonly drafts: DraftSealing;
  readonly auditing: Auditing;
  readonly breakingGlass: BreakingGlass;
  readonly erasing: Erasing;
  readonly tellings: Tellings;
  readonly staffing: Staffing;
  readonly copies: CopiesOfRecords;
  readonly agreements: SharingAgreements;
}

export interface AgencyAddresses {
  readonly commandApi: URL;
  readonly vault: URL;
  readonly feedRelay: URL;
}

/** One running instance of an agency's app serves one organisation. */
export interface AgencyAppOptions {
  /** `fairholme-hub.safeguarding-hub` */
  readonly recipient: string;
  /** As people know it: `Fairholme Safeguarding Hub`. */
  readonly organisation: string;
  readonly log: Log;
  readonly tokens: TokenVerifier;
  readonly issuer: IssuerOptions;
  readonly pool: Pool;
  /** The schema of this agency's tables, in which the pages keep their own. It must exist. */
  readonly schema: string;
  /** At least 32 characters, kept secret, the same after a restart. */
  readonly sessionSecret: string;
  readonly freshness: Freshness;
  readonly health?: HealthChecks;
  /** Where the others are, or what stands in for them. */
  readonly ports: AgencyPorts | AgencyAddresses;
}

/** Room for a narrative far beyond what is accepted, so that the form can say so and keep it. */
const FORM_BYTES_MAX = 4 * 1024 * 1024;

/**
 * An agency's app with its pages: signs people in, keeps their forms, and serves what `module` holds to
 * people of this organisation in these roles, and to nobody else.
 */
export async function createAgencyApp(
  options: AgencyAppOptions,
  names: Omit<ServiceNames, 'organisation'> & { readonly roles: readonly Role[] },
  module: DynamicModule,
): Promise<NestFastifyApplication> {
  const issuer = new IssuerClient(options.issuer);
  const ports = portsOf(options.ports, issuer);
  const admits = ({ recipient, role }: Actor) =>
    recipient === options.recipient && names.roles.includes(role);
  const pages = await createAgencyPages({
    ...options,
    issuer,
    admits,
    names: { ...names, organisation: options.organisation },
    drafts: ports.drafts,
    formsLeadTo: [options.issuer.issuer.origin],
    secureCookies: options.issuer.publicUrl.protocol === 'https:',
  });
  const { log, tokens, health } = options;
  const agency = new Agency(options.recipient, options.organisation);
  const document = new QueriesDocument();
  const app = await createHttpApp(withPorts(module, ports, pages.kept, agency, document), {
    log,
    tokens,
    pages,
    admits,
    bodyBytesMax: FORM_BYTES_MAX,
    ...(health ? { health } : {}),
  });
  document.current = queriesDocument(app, titleOf(names.service));
  return app;
}

function portsOf(given: AgencyAppOptions['ports'], issuer: IssuerClient): AgencyPorts {
  if (!('vault' in given)) return given;
  return {
    commands: new HttpCommands(given.commandApi),
    revealing: new HttpRevealing(given.vault),
    lookingUp: new HttpLookingUp(given.vault),
    drafts: new HttpDraftSealing(given.vault, () => issuer.ownToken.current()),
    auditing: new HttpAuditing(given.vault),
    breakingGlass: new HttpBreakingGlass(given.vault),
    erasing: new HttpErasing(given.vault),
    tellings: new HttpTellings(given.feedRelay),
    staffing: new HttpStaffing(given.vault),
    copies: new HttpCopiesOfRecords(given.vault),
    agreements: new HttpSharingAgreements(given.vault),
  };
}

/** The document of an agency's queries, made from its routes alone: nothing is reached, `pool` included. */
export async function describeAgency(
  service: string,
  pool: Pool,
  module: DynamicModule,
): Promise<OpenAPIObject> {
  const nowhere = new URL('http://127.0.0.1:9');
  const issuer = { issuer: nowhere, clientId: '', clientSecret: '', publicUrl: nowhere };
  const ports = portsOf(
    { commandApi: nowhere, vault: nowhere, feedRelay: nowhere },
    new IssuerClient(issuer),
  );
  const kept = new KeptForms(pool, 'described', ports.drafts);
  const agency = new Agency('described.agency', service);
  const app = await NestFactory.create(
    withPorts(module, ports, kept, agency, new QueriesDocument()),
    new FastifyAdapter(),
    { logger: false },
  );
  const document = queriesDocument(app, titleOf(service));
  await app.close();
  return document;
}

function titleOf(service: string): string {
  return `Common Thread queries: ${service}`;
}

class AgencyPortsModule {}

function withPorts(
  module: DynamicModule,
  ports: AgencyPorts,
  kept: KeptForms,
  agency: Agency,
  document: QueriesDocument,
): DynamicModule {
  const providers = [
    { provide: Commands, useValue: ports.commands },
    { provide: Revealing, useValue: ports.revealing },
    { provide: LookingUp, useValue: ports.lookingUp },
    { provide: Auditing, useValue: ports.auditing },
    { provide: BreakingGlass, useValue: ports.breakingGlass },
    { provide: Erasing, useValue: ports.erasing },
    { provide: Tellings, useValue: ports.tellings },
    { provide: Staffing, useValue: ports.staffing },
    { provide: CopiesOfRecords, useValue: ports.copies },
    { provide: SharingAgreements, useValue: ports.agreements },
    { provide: KeptForms, useValue: kept },
    { provide: Agency, useValue: agency },
    { provide: QueriesDocument, useValue: document },
  ];
  const shared = {
    module: AgencyPortsModule,
    global: true,
    controllers: [QueriesDocumentRoutes],
    providers,
    exports: providers.map(({ provide }) => provide),
  };
  return { ...module, imports: [...(module.imports ?? []), shared] };
}
