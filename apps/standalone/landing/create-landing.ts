import type { DynamicModule } from '@nestjs/common';
import { Controller, Get, Inject } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '@common-thread/platform/http-app';
import type { Log } from '@common-thread/platform/log';
import { Assets } from '@common-thread/platform/pages/assets';
import { Layout } from '@common-thread/platform/pages/layout';
import { Page } from '@common-thread/platform/pages/page';
import { problemPage } from '@common-thread/platform/pages/problem-page';
import { Templates } from '@common-thread/platform/pages/templates';
import { OpenToAnybody } from '@common-thread/platform/signed-in';
import type { TokenVerifier } from '@common-thread/platform/token-verifier';
import type { LandingFacts } from './landing.presenter.js';
import { landingView } from './landing.presenter.js';

const FACTS = Symbol('landing facts');

@Controller()
@OpenToAnybody()
class Landing {
  constructor(@Inject(FACTS) private readonly facts: () => LandingFacts) {}

  @Get()
  show(): Page {
    return new Page('standalone/landing/landing.njk', landingView(this.facts()), {
      title: 'Where to begin',
    });
  }
}

class LandingModule {}

/** The page a stranger opens first: each agency's address and who may be signed in as there. */
export async function createLanding(
  log: Log,
  tokens: TokenVerifier,
  facts: () => LandingFacts,
): Promise<NestFastifyApplication> {
  const assets = new Assets();
  const names = { service: 'Common Thread', organisation: 'Demonstration', navigation: [] };
  const layout = new Layout(names, new Templates(), assets);
  const module: DynamicModule = {
    module: LandingModule,
    controllers: [Landing],
    providers: [{ provide: FACTS, useValue: facts }],
  };
  return createHttpApp(module, {
    log,
    tokens,
    pages: {
      drawing: layout,
      problemPage: problemPage(layout),
      formsLeadTo: [],
      register: (fastify) => assets.register(fastify),
    },
  });
}
