import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '@common-thread/platform/http-app';
import type { Log } from '@common-thread/platform/log';
import { ConfigurationError, Environment } from '@common-thread/platform/environment';
import { Assets } from '@common-thread/platform/pages/assets';
import { Layout } from '@common-thread/platform/pages/layout';
import { problemPage } from '@common-thread/platform/pages/problem-page';
import { Templates } from '@common-thread/platform/pages/templates';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import { Provider } from 'oidc-provider';
import type { PagesClient, ServiceClient, SystemClient } from './clients.js';
import { createIssuer } from './issuer.js';
import { issuerKeys } from './issuer-keys.js';
import { PAGES_CLIENTS, SignInController } from './sign-in.controller.js';

export interface SignInOptions {
  /** Origin at which browsers and apps reach it: `http://127.0.0.1:3004`. */
  readonly publicUrl: URL;
  readonly pages: readonly PagesClient[];
  /** Apps of ours without pages; none where every app runs in one process. */
  readonly services?: readonly ServiceClient[];
  readonly systems: readonly SystemClient[];
  /** Its keys are made here at the first start. */
  readonly dataDirectory: string;
  readonly log: Log;
  readonly environment?: Environment;
}

/** Where everything of the embedded issuer is: its name in tokens, and its keys. */
export function issuerAddresses(publicUrl: URL): { issuer: URL; keys: URL } {
  return { issuer: new URL('/oidc', publicUrl), keys: new URL('/oidc/jwks', publicUrl) };
}

class SignInModule {}

/**
 * The embedded sign-in, for demonstration and development: made-up people and a password everybody knows.
 * @throws ConfigurationError in production, where any OpenID Connect issuer takes its place
 */
export async function createSignIn(options: SignInOptions): Promise<NestFastifyApplication> {
  if ((options.environment ?? new Environment()).isProduction) {
    throw new ConfigurationError(
      'The embedded sign-in lets anybody in and does not start in production. Set ' +
        'COMMON_THREAD_ISSUER to the address of your OpenID Connect issuer and start again.',
    );
  }
  const assets = new Assets();
  const provider = createIssuer({
    issuer: issuerAddresses(options.publicUrl).issuer,
    keys: await issuerKeys(options.dataDirectory),
    pages: options.pages,
    services: options.services ?? [],
    systems: options.systems,
    stylesheet: `/assets/${assets.version}/common-thread.css`,
  });
  const names = {
    service: 'Sign in',
    organisation: 'Common Thread demonstration',
    navigation: [],
  };
  const layout = new Layout(names, new Templates(), assets);
  const app = await createHttpApp(moduleOf(provider, options.pages), {
    log: options.log,
    tokens: new NobodyElse(),
    pages: {
      drawing: layout,
      problemPage: problemPage(layout),
      formsLeadTo: options.pages.map(({ publicUrl }) => publicUrl.origin),
      register: (fastify) => assets.register(fastify),
    },
  });
  app.use('/oidc', provider.callback());
  return app;
}

function moduleOf(provider: Provider, clients: readonly PagesClient[]): DynamicModule {
  return {
    module: SignInModule,
    controllers: [SignInController],
    providers: [
      { provide: Provider, useValue: provider },
      { provide: PAGES_CLIENTS, useValue: clients },
    ],
  };
}

/** Nothing here is for somebody already signed in. */
class NobodyElse extends TokenVerifier {
  async verify(): Promise<never> {
    throw new TokenRefused('this app takes no tokens');
  }
}
